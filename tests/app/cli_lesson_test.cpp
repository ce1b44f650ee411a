// iemlab lesson: printing, checking and grading.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <map>

#include "core/lesson/grade_lesson.h"
#include "core/lesson/lessons.h"
#include "core/lesson/read_lesson.h"
#include "core/session/scene_file.h"
#include "core/session/session.h"
#include "core/session/state_string.h"
#include "tests/app/command.h"
#include "tests/app/titled.h"

namespace iem::test {
namespace {

const std::string kLessonText = R"(---
title: Two steps
minutes: 2
---
# One
```iemlab
scene = "two_blobs"
```
J is {loss}.

? ask = "Where?", where = "prototype 1"
! Now it is {loss}.
> Wait here.
# Two
= say: Take {= 2 + 2} steps.
= state: step >= 4
= by: steps = 4
)";

TEST(cli_lesson, prints_the_pages_with_their_numbers) {
  const Folder folder;
  folder.write("two.md", kLessonText);
  const Outcome outcome = iemlab(folder, {"lesson", "two.md", "--text"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  const auto run = [&](const char* steps) {
    return iemlab(folder, {"run", "two_blobs", "--steps", steps, "--json"}).json()["loss"].get<double>();
  };
  const auto has = [&](const std::string& words) { return outcome.out.find(words) != std::string::npos; };
  EXPECT_TRUE(has("Two steps\n2 minutes\n\n1. One\n")) << outcome.out;
  char first[32], second[32];
  std::snprintf(first, sizeof first, "J is %.4g.", run("0"));
  std::snprintf(second, sizeof second, "Now it is %.4g.", run("1"));
  EXPECT_TRUE(has(first) && has(second)) << outcome.out;
  EXPECT_TRUE(has("Take 4 steps."));
  EXPECT_FALSE(has("Wait here."));
  EXPECT_NE(iemlab(folder, {"lesson", "two.md", "--text", "--notes"}).out.find("Wait here."),
            std::string::npos);
}

TEST(cli_lesson, check_says_every_problem_in_a_line) {
  const Folder folder;
  folder.write("two.md", kLessonText);
  const Outcome good = iemlab(folder, {"lesson", "two.md", "--check"});
  EXPECT_EQ(good.code, 0) << good.err;
  EXPECT_EQ(good.out, "Two steps: all 2 pages hold\n");
  EXPECT_EQ(good.err, "");

  folder.write("bad.md", kLessonText + "# Three\n{losss} [a](key:b)\n");
  const Outcome bad = iemlab(folder, {"lesson", "bad.md", "--check"});
  EXPECT_EQ(bad.code, 1);
  const auto lines = lines_of(bad.err);
  ASSERT_EQ(lines.size(), 2u) << bad.err;
  EXPECT_EQ(lines[0].find("bad.md:19:1: {losss}: there is no number losss"), 0u) << lines[0];
  EXPECT_EQ(lines[1].find("bad.md:19:13: key:b: "), 0u) << lines[1];
}

TEST(cli_lesson, what_is_no_lesson_is_refused_in_a_line) {
  const Folder folder;
  folder.write("no.md", "Words\n");
  folder.write("two.md", kLessonText);
  const std::vector<std::pair<std::vector<std::string>, std::pair<int, std::string>>> all = {
      {{"lesson", "no.md", "--check"}, {2, "no.md:1:1: a page begins with its heading, # and words\n"}},
      {{"lesson", "none.md", "--check"}, {4, "none.md: "}},
      {{"lesson", "responsibility_is_slop"}, {2, "iemlab: no lesson or file"}},
      {{"lesson", "two.md", "--check", "--text"},
       {2, "iemlab: --check, --text, --grade and --handout: one of them at a time\n"}},
      {{"lesson", "two.md", "--check", "--notes"}, {2, "iemlab: --notes: has no effect without --text\n"}},
      {{"lesson", "two.md", "--check", "--table", "a.csv"},
       {2, "iemlab: --table: has no effect without --grade\n"}},
      {{"lesson"}, {2, "iemlab: "}},
  };
  for (const auto& [arguments, expected] : all) {
    const Outcome outcome = iemlab(folder, arguments);
    EXPECT_EQ(outcome.code, expected.first) << outcome.err;
    EXPECT_NE(outcome.err.find(expected.second), std::string::npos) << outcome.err;
    EXPECT_EQ(lines_of(outcome.err).size(), 1u) << outcome.err;
  }
}

TEST(cli_lesson, grades_sessions_into_a_table) {
  const Folder folder;
  const Lesson lesson = load_lesson(folder.write("two.md", kLessonText));
  iem::Run run(load_scene("two_blobs"), std::make_shared<ThreadPool>(1));
  run.seek(5);
  Guess guess;
  guess.x = 1, guess.y = 2;
  LessonRecord record{"two", 2, {answer_of(1, *lesson.pages[0].question, guess)}, {}};
  record.tasks.push_back({2, write_state_string(run, run.setup().config())});
  folder.write("ann.iemlab", save_session(run, run.setup().config(), SessionFor::file, record));
  record.tasks.clear();
  folder.write("bob.iemlab", save_session(run, run.setup().config(), SessionFor::file, record));
  const Outcome outcome =
      iemlab(folder, {"lesson", "two.md", "--grade", "ann.iemlab", "bob.iemlab", "--table", "grades.csv"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  const auto lines = lines_of(folder.read("grades.csv"));
  ASSERT_EQ(lines.size(), 3u);
  EXPECT_EQ(lines[0], "session,guesses,tasks,guess_1,task_2");
  EXPECT_EQ(lines[1].find("ann.iemlab,1,1,"), 0u) << lines[1];
  EXPECT_TRUE(lines[1].ends_with(",done")) << lines[1];
  EXPECT_TRUE(lines[2].ends_with(",")) << lines[2];
  EXPECT_GT(std::stod(split(lines[1], ',')[3]), 0);
  const nlohmann::json about = nlohmann::json::parse(folder.read("grades.csv.json"));
  EXPECT_EQ(about["table"], "grade");
  ASSERT_EQ(about["columns"].size(), 5u);
  EXPECT_EQ(about["columns"][3]["id"], "guess_1");
  EXPECT_FALSE(about["columns"][4]["help"].get<std::string>().empty());

  // One that is no session of the lesson does not hide the others.
  folder.write("plain.iemlab", save_session(run, run.setup().config()));
  const Outcome some = iemlab(folder, {"lesson", "two.md", "--grade", "plain.iemlab", "ann.iemlab"});
  EXPECT_EQ(some.code, 2);
  EXPECT_EQ(some.err, "iemlab: plain.iemlab: is no session of a lesson\n");
  EXPECT_EQ(lines_of(some.out).size(), 2u) << some.out;
}

// The guesses and tasks stand beside the session's own run: they are graded whatever became of that one, and
// what became of it is said.
TEST(cli_lesson, grades_a_session_whose_own_run_does_not_come_back_and_says_so) {
  const Folder folder;
  const Lesson lesson = load_lesson(folder.write("two.md", kLessonText));
  const auto pool = std::make_shared<ThreadPool>(1);
  iem::Run run(load_scene("two_blobs"), pool);
  run.seek(5);
  Guess guess;
  guess.x = 1, guess.y = 2;
  const LessonRecord record{"two",
                            2,
                            {answer_of(1, *lesson.pages[0].question, guess)},
                            {{2, write_state_string(run, run.setup().config())}}};
  auto altered =
      nlohmann::ordered_json::parse(save_session(run, run.setup().config(), SessionFor::file, record));
  altered["hash"] = "0123456789abcdef";
  folder.write("false.iemlab", altered.dump());
  folder.write("d.csv", "1,2\n3,4\n5,7\n2,2\n");
  const std::string scene = folder.write(
      "s.toml", small_scene("data.source = \"csv\"\ndata.path = \"d.csv\"\nmodel.components = 1\n"));
  iem::Run other(load_scene(scene), pool);
  folder.write("alone.iemlab", save_session(other, other.setup().config(), SessionFor::file, record));
  std::filesystem::remove(folder.at("d.csv"));

  const Outcome outcome = iemlab(
      folder, {"lesson", "two.md", "--grade", "false.iemlab", "alone.iemlab", "--table", "grades.csv"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  const auto lines = lines_of(folder.read("grades.csv"));
  ASSERT_EQ(lines.size(), 3u) << outcome.err;
  for (std::size_t i : {1, 2}) EXPECT_TRUE(lines[i].ends_with(",done")) << lines[i];
  EXPECT_EQ(lines[1].find("false.iemlab,1,1,"), 0u) << lines[1];
  EXPECT_EQ(lines[2].find("alone.iemlab,1,1,"), 0u) << lines[2];
  const auto notes = lines_of(outcome.err);
  ASSERT_EQ(notes.size(), 2u) << outcome.err;
  EXPECT_EQ(notes[0].find("iemlab: note: false.iemlab: its own run is not what it says: at step 5 "), 0u)
      << notes[0];
  EXPECT_NE(notes[1].find("alone.iemlab: "), std::string::npos) << notes[1];
  EXPECT_NE(notes[1].find("d.csv"), std::string::npos) << notes[1];
}

// The lesson, its scene, the scene's data and a session of another page, by name, by the description that a
// table has beside it, and by a link.
TEST(cli_lesson, replaces_nothing_that_it_reads) {
  const Folder folder;
  folder.write("d.csv", "1,2\n3,4\n5,7\n2,2\n");
  folder.write("s.toml", small_scene("data.source = \"csv\"\ndata.path = \"d.csv\"\nmodel.components = 1\n"));
  ASSERT_EQ(iemlab(folder, {"run", "s.toml", "--steps", "2", "--quiet", "--save-session", "a.iemlab"}).code,
            0);
  folder.write(
      "k.csv.json",
      "# One\n```iemlab\nscene = \"s.toml\"\nset.data.path = \"e.csv\"\n```\nJ is {loss}.\n# Two\n```iemlab\n"
      "scene = \"a.iemlab\"\n```\nJ is {loss}.\n");
  folder.write("e.csv", "1,2\n3,4\n5,7\n");
  const std::vector<std::string> files = {"k.csv.json", "s.toml", "d.csv", "e.csv", "a.iemlab"};
  std::map<std::string, std::string> before;
  for (const std::string& file : files) {
    std::filesystem::create_symlink(file, folder.at(file + ".pdf"));
    before[file] = folder.read(file);
  }
  const auto refused = [&](const std::vector<std::string>& more) {
    std::vector<std::string> command = {"lesson", "k.csv.json"};
    command.insert(command.end(), more.begin(), more.end());
    const Outcome outcome = iemlab(folder, command);
    EXPECT_EQ(outcome.code, 2) << more.back();
    EXPECT_NE(outcome.err.find("would replace"), std::string::npos) << outcome.err;
    EXPECT_EQ(lines_of(outcome.err).size(), 1u) << outcome.err;
  };
  for (const std::string& file : files) {
    refused({"--grade", "a.iemlab", "--table", file});
    refused({"--handout", file + ".pdf"});
  }
  refused({"--grade", "a.iemlab", "--table", "k.csv"});
  // A table of nothing is not written either.
  EXPECT_EQ(iemlab(folder, {"lesson", "k.csv.json", "--grade", "a.iemlab", "--table", "t.csv"}).code, 2);
  EXPECT_FALSE(folder.has("t.csv"));
  for (const std::string& file : files) EXPECT_EQ(folder.read(file), before[file]) << file;
}

TEST(cli_lesson, opens_a_window_which_needs_a_display) {
  const Folder folder;
  const Outcome outcome = iemlab(folder, {"lesson", "two_arrows"});
  EXPECT_EQ(outcome.code, 5);
  EXPECT_NE(outcome.err.find("No window can open"), std::string::npos) << outcome.err;
  EXPECT_TRUE(
      outcome.err.ends_with("The commands run, check, sweep, compare, page, atlas, lesson (with --check, "
                            "--text, --grade or --handout) and list work without.\n"))
      << outcome.err;
  EXPECT_EQ(lines_of(outcome.err).size(), 1u) << outcome.err;
}

// Sheets with the words of every page; the answers only with the key; the same bytes each time.
TEST(cli_lesson, writes_a_handout_and_its_key) {
  const Folder folder;
  for (const char* paper : {"a4", "letter"}) {
    const Outcome made = iemlab(folder, {"lesson", "two_arrows", "--handout", "sheet.pdf", "--paper", paper});
    ASSERT_EQ(made.code, 0) << made.err;
    const std::string pdf = folder.read("sheet.pdf");
    EXPECT_TRUE(pdf.starts_with("%PDF"));
    if (std::string_view(paper) != "a4") continue;
    ASSERT_EQ(iemlab(folder, {"lesson", "two_arrows", "--handout", "again.pdf"}).code, 0);
    EXPECT_EQ(folder.read("again.pdf"), pdf);
    ASSERT_EQ(iemlab(folder, {"lesson", "two_arrows", "--handout", "key.pdf", "--key"}).code, 0);
    if (!has_tool("pdftotext")) continue;
    const auto words = [&](const std::string& file) {
      return shell(folder, "pdftotext -enc UTF-8 " + file + " - | tr '\\n' ' '").out;
    };
    const std::string sheet = words("sheet.pdf"), key = words("key.pdf");
    for (const LessonPage& page : find_lesson("two_arrows")->pages)
      EXPECT_NE(sheet.find(page.heading), std::string::npos) << page.heading;
    EXPECT_EQ(sheet.find("{="), std::string::npos);
    EXPECT_EQ(sheet.find("It moved"), std::string::npos);
    EXPECT_NE(key.find("It moved"), std::string::npos);
  }
  EXPECT_EQ(iemlab(folder, {"lesson", "two_arrows", "--handout", "sheet.png"}).code, 2);
  EXPECT_EQ(iemlab(folder, {"lesson", "two_arrows", "--key"}).code, 2);
}

TEST(cli_lesson, list_names_every_lesson) {
  const Folder folder;
  const auto items = iemlab(folder, {"list", "lessons", "--json"}).json();
  const auto lines = lines_of(iemlab(folder, {"list", "lessons"}).out);
  ASSERT_FALSE(items.empty());
  ASSERT_EQ(lines.size(), items.size());
  bool of_mixtures = false;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    EXPECT_EQ(lines[i].find(items[i]["id"].get<std::string>() + " "), 0u) << lines[i];
    EXPECT_GT(items[i]["pages"].get<int>(), 0);
    EXPECT_GT(items[i]["minutes"].get<int>(), 0);
    ASSERT_FALSE(items[i]["labs"].empty());
    of_mixtures |= items[i]["labs"][0] == "mixture";
    EXPECT_EQ(iemlab(folder, {"lesson", items[i]["id"], "--text"}).code, 0) << items[i]["id"];
  }
  EXPECT_TRUE(of_mixtures);
  for (const auto& item : iemlab(folder, {"list", "lessons", "--json", "--lab", "attention"}).json())
    EXPECT_NE(std::ranges::find(item["labs"], "attention"), item["labs"].end());
}

// Every block of docs/teaching.md: lessons hold, commands end well.
TEST(teaching, every_block_is_played) {
  const Folder folder;
  const std::string page = file_text(std::string(IEMLAB_SOURCE_DIR) + "/docs/teaching.md");
  int lessons = 0, commands = 0, lesson_line = 0;
  std::string block, info, fence;
  for (const std::string& line : lines_of(page)) {
    ++lesson_line;
    if (fence.empty()) {
      const std::size_t signs = std::min(line.find_first_not_of('`'), line.size());
      if (signs < 3) continue;
      fence = line.substr(0, signs), info = line.substr(signs), block = "";
      continue;
    }
    if (line != fence) {
      block += line + "\n";
      continue;
    }
    fence = "";
    if (info == "markdown") {
      folder.write("mine.md", block);
      const Outcome outcome = iemlab(folder, {"lesson", "mine.md", "--check"});
      EXPECT_EQ(outcome.code, 0) << "the lesson before line " << lesson_line << "\n" << outcome.err;
      ++lessons;
    } else {
      ASSERT_EQ(info, "sh") << "line " << lesson_line;
      for (const std::string& command : lines_of(block)) {
        const Outcome outcome = shell(folder, command);
        EXPECT_EQ(outcome.code, 0) << command << "\n" << outcome.err;
        ++commands;
      }
    }
  }
  EXPECT_GE(lessons, 5);
  EXPECT_GE(commands, 4);
}

}  // namespace
}  // namespace iem::test
