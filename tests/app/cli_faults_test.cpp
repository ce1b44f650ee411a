// What the machine may lack: memory, threads, room on the disk, time. One line, the contract's exit code, and
// every file that can be written is written, whole.
#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <thread>

#include "tests/app/command.h"
#include "tests/support/sanitized.h"

namespace iem::test {
namespace {

// Nothing beside the outputs: no temporary file, hidden or not.
std::vector<std::string> files_of(const Folder& folder) { return folder.files(); }

void expect_one_line(const Outcome& outcome, const std::string& about) {
  EXPECT_EQ(lines_of(outcome.err).size(), 1u) << about << ": " << outcome.err;
  EXPECT_EQ(outcome.err.find("internal error"), std::string::npos) << about << ": " << outcome.err;
  EXPECT_EQ(outcome.err.find("terminate"), std::string::npos) << about << ": " << outcome.err;
}

// A shell line under a limit; ends by itself within a minute, or the limit made it hang.
Outcome limited(const Folder& folder, const std::string& limit, const std::string& command) {
  return shell(folder, "(" + limit + "; exec timeout -s KILL 60 iemlab " + command + ")");
}

// --- threads and memory ---

TEST(cli_faults, works_with_the_threads_it_can_get) {
  if (kSanitized) GTEST_SKIP() << "built with a sanitizer";
  const Folder folder;
  const auto hash = [&](const std::string& limit, const std::string& threads) {
    const Outcome outcome = limited(folder, limit, "run three_blobs --steps 5 --json --threads " + threads);
    EXPECT_EQ(outcome.code, 0) << limit << ": " << outcome.err;
    EXPECT_EQ(outcome.err, "") << limit;
    return outcome.code == 0 ? outcome.json()["hash"].get<std::string>() : "";
  };
  const std::string one = hash("true", "1");
  ASSERT_NE(one, "");
  EXPECT_EQ(hash("ulimit -v 4194304", "1024"), one);
  EXPECT_EQ(hash("ulimit -v 500000", "64"), one);
}

// The limits are those at which threads or memory fail somewhere; where that is differs between machines.
TEST(cli_faults, at_any_limit_of_memory_it_ends_with_its_result_or_one_line) {
  if (kSanitized) GTEST_SKIP() << "built with a sanitizer";
  const Folder folder;
  const std::vector<std::string> commands = {
      "run three_blobs --steps 5 --threads 16 --quiet --figure stage=f.png --figure stage=f.pdf",
      "sweep three_blobs --seeds 0..40 --steps 5 --threads 64 --table t.csv --quiet",
      "check three_blobs --steps 5 --threads 64 --json"};
  int refused = 0, done = 0;
  for (const std::string& command : commands) {
    for (const int kilobytes : {40'000, 50'000, 61'440, 70'000, 85'000, 100'000, 130'000, 200'000, 400'000}) {
      const Outcome outcome = limited(folder, "ulimit -v " + std::to_string(kilobytes), command);
      const std::string about = command + " at " + std::to_string(kilobytes);
      if (kilobytes < 60'000 && outcome.code == 127) continue;  // the loader itself found no room
      EXPECT_TRUE(outcome.code == 0 || outcome.code == 5 || outcome.code == 1)
          << about << ": " << outcome.code << " " << outcome.err;
      if (outcome.code == 5) {
        EXPECT_NE(outcome.err, "") << about;
      }
      for (const std::string& line : lines_of(outcome.err))
        EXPECT_NE(line.find("memory"), std::string::npos) << about << ": " << line;
      ++(outcome.code == 0 ? done : refused);
    }
  }
  EXPECT_GT(done, 3);
  EXPECT_GT(refused, 0);
}

// --- disks ---

TEST(cli_faults, a_file_that_may_not_grow_so_large_is_an_error_and_leaves_nothing) {
  const Folder folder;
  const Outcome outcome =
      shell(folder,
            "(ulimit -f 32; iemlab run moons --set data.count=2000 --steps 20 --quiet --state s.json --dump "
            "points=p.csv --trace t.csv)");
  EXPECT_EQ(outcome.code, 4) << outcome.err;
  expect_one_line(outcome, "points");
  EXPECT_NE(outcome.err.find("p.csv"), std::string::npos) << outcome.err;
  EXPECT_EQ(files_of(folder), (std::vector<std::string>{"s.json", "t.csv", "t.csv.json"}));
}

TEST(cli_faults, every_file_that_can_be_written_is_and_each_that_cannot_is_said_once) {
  const Folder folder;
  const Outcome outcome =
      iemlab(folder, {"run", "penguins", "--steps", "3", "--trace", "/dev/full", "--figure", "stage=f.svg",
                      "--dump", "points=/dev/full", "--save-session", "s.iemlab", "--state", "s.json"});
  EXPECT_EQ(outcome.code, 4) << outcome.err;
  EXPECT_EQ(lines_of(outcome.err).size(), 2u) << outcome.err;
  EXPECT_EQ(files_of(folder), (std::vector<std::string>{"f.svg", "s.iemlab", "s.json"}));
  EXPECT_EQ(outcome.out.find("wrote /dev/full"), std::string::npos) << outcome.out;
  EXPECT_NE(outcome.out.find("wrote s.iemlab"), std::string::npos) << outcome.out;
  EXPECT_EQ(iemlab(folder, {"run", "s.iemlab", "--steps", "0"}).code, 0);
}

TEST(cli_faults, a_full_standard_output_is_an_error_of_every_command) {
  const Folder folder;
  for (const std::string command :
       {"run penguins --steps 1", "run penguins --steps 1 --json", "check penguins --steps 1", "list scenes",
        "sweep three_blobs --seeds 0..1 --steps 1", "--help"}) {
    const Outcome outcome = shell(folder, "iemlab " + command + " > /dev/full");
    EXPECT_EQ(outcome.code, 4) << command;
    expect_one_line(outcome, command);
  }
}

TEST(cli_faults, a_sweep_whose_table_cannot_be_written_still_says_its_summary) {
  const Folder folder;
  const Outcome outcome =
      iemlab(folder, {"sweep", "three_blobs", "--seeds", "0..3", "--steps", "2", "--table", "/dev/full"});
  EXPECT_EQ(outcome.code, 4) << outcome.err;
  expect_one_line(outcome, "table");
  EXPECT_NE(outcome.out.find("4 runs"), std::string::npos) << outcome.out;
}

// --- what can be said before the run ---

// A run so long that only a refusal before it ends in time.
constexpr const char* kEndless = "1000000000000";

void expect_refused_at_once(const Folder& folder, const std::vector<std::string>& more, int code,
                            const std::string& words) {
  std::vector<std::string> command = {"timeout", "-s",        "KILL",    "60",    IEMLAB_BINARY,
                                      "run",     "two_blobs", "--steps", kEndless};
  command.insert(command.end(), more.begin(), more.end());
  const Outcome outcome = Started(command, folder).wait();
  EXPECT_EQ(outcome.code, code) << more.back() << ": " << outcome.err;
  expect_one_line(outcome, more.back());
  EXPECT_NE(outcome.err.find(words), std::string::npos) << outcome.err;
  EXPECT_TRUE(files_of(folder).empty());
}

TEST(cli_faults, an_edit_that_will_not_fit_is_refused_before_the_first_step) {
  const Folder folder;
  for (const std::string edit : {"model.components=100000", "data.source=csv",
                                 "state.weights=[0.1, 0.2, 0.7]", "optimizer.method=value_m_step"})
    expect_refused_at_once(folder, {"--at", "20000:" + edit}, 2, "--at 20000: ");
  // The second fits only because of the first.
  const Outcome outcome = iemlab(folder, {"run", "two_blobs", "--steps", "4", "--quiet", "--at",
                                          "2:model.components=3", "--at", "2:state.weights=[0.1, 0.2, 0.7]"});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
}

TEST(cli_faults, a_picture_too_large_is_refused_before_the_first_step) {
  const Folder folder;
  expect_refused_at_once(
      folder, {"--width-cm", "200", "--height-cm", "200", "--dpi", "2400", "--figure", "stage=f.png"}, 2,
      "f.png: a picture of ");
  expect_refused_at_once(folder, {"--width-cm", "200", "--dpi", "2400", "--figure", "stage=f.png"}, 2,
                         "f.png: a picture of 188976 pixels across is too large: a side has at most 32767\n");
  // As wide as can be, with a height that follows from the figure.
  expect_refused_at_once(folder,
                         {"--width-cm", "30", "--dpi", "2400", "--figure", "stage=f.png", "--figure",
                          "loss=f.csv", "--set", "view.y=[-400.0, 400.0]", "--set", "view.x=[-1.0, 1.0]"},
                         2, "f.png: ");
}

TEST(cli_faults, a_name_as_long_as_names_can_be_works_and_a_longer_one_is_refused) {
  const Folder folder;
  // The description beside it has five letters more.
  for (const std::size_t length : {200u, 241u, 242u, 245u, 250u}) {
    const std::string name = std::string(length - 4, 'n') + ".csv";
    const Outcome outcome = iemlab(folder, {"run", "two_blobs", "--steps", "2", "--quiet", "--trace", name});
    EXPECT_EQ(outcome.code, 0) << length << ": " << outcome.err;
    EXPECT_EQ(lines_of(folder.read(name)).size(), 4u) << length;
  }
  EXPECT_EQ(files_of(folder).size(), 10u);
  const Folder empty;
  expect_refused_at_once(empty, {"--trace", std::string(247, 'n') + ".csv"}, 4, "File name too long");
  expect_refused_at_once(empty, {"--trace", std::string(252, 'n') + ".csv"}, 4, "File name too long");
}

TEST(cli_faults, a_picture_of_the_window_with_nowhere_to_go_is_refused_before_it_is_made) {
  const Folder folder;
  const Outcome outcome = Started({"timeout", "-s", "KILL", "60", IEMLAB_BINARY, "screenshot", "two_blobs",
                                   "--steps", kEndless, "-o", "nodir/x.png"},
                                  folder)
                              .wait();
  EXPECT_EQ(outcome.code, 4) << outcome.err;
  expect_one_line(outcome, "nodir");
}

TEST(cli_faults, a_working_folder_that_is_gone_is_said_or_not_needed) {
  const Folder folder;
  folder.write("in/p.csv", "0,0\n1,1\n2,0\n3,1\n");
  folder.write("in/s.toml",
               small_scene("[data]\nsource = \"csv\"\npath = \"p.csv\"\n[model]\ncomponents = 2\n"
                           "covariance = \"fixed\"\n"));
  folder.write("here/x", "");
  const std::string gone = "cd here && rm -r ../here && iemlab run ";
  const Outcome whole = shell(
      folder, gone + folder.at("in/s.toml") + " --steps 2 --quiet --save-session " + folder.at("s.iemlab"));
  EXPECT_EQ(whole.code, 0) << whole.err;
  EXPECT_EQ(iemlab(folder, {"run", "s.iemlab", "--steps", "0"}).code, 0);
  folder.write("here/x", "");
  const Outcome relative =
      shell(folder, gone + folder.at("in/s.toml") + " --steps 2 --quiet --save-session t.iemlab");
  EXPECT_EQ(relative.code, 4) << relative.err;
  expect_one_line(relative, "relative");
}

// --- signals ---

// A trace on standard output comes as it is made: once there is some, the run steps.
void wait_for_steps(const Started& run) {
  for (int i = 0; i < 6000 && !run.has_printed(); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  ASSERT_TRUE(run.has_printed());
}

TEST(cli_faults, every_way_of_asking_it_to_end_writes_what_was_asked_for) {
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    const Folder folder;
    Started run({IEMLAB_BINARY, "run", "moons", "--steps", kEndless, "--quiet", "--trace", "/dev/stdout",
                 "--state", "s.json", "--save-session", "s.iemlab", "--figure", "loss=l.csv"},
                folder);
    wait_for_steps(run);
    EXPECT_EQ(files_of(folder).size(), 0u) << "nothing has its name before it is whole";
    run.send(signal);
    const Outcome outcome = run.wait();
    EXPECT_EQ(outcome.code, 130) << signal << ": " << outcome.err;
    EXPECT_EQ(outcome.err, "") << signal;
    EXPECT_EQ(files_of(folder), (std::vector<std::string>{"l.csv", "l.csv.json", "s.iemlab", "s.json"}))
        << signal;
    const auto state = nlohmann::json::parse(folder.read("s.json"));
    EXPECT_EQ(static_cast<std::int64_t>(lines_of(outcome.out).size()), state["step"].get<std::int64_t>() + 2);
  }
}

TEST(cli_faults, a_reader_that_leaves_takes_no_other_output_with_it) {
  const Folder folder;
  const Outcome outcome =
      shell(folder, std::string(IEMLAB_BINARY) +
                        " run three_blobs --steps 3000 --quiet --trace /dev/stdout --save-session s.iemlab "
                        "--figure loss=l.csv 2> err.txt | head -1; cat err.txt");
  EXPECT_EQ(files_of(folder), (std::vector<std::string>{"err.txt", "l.csv", "l.csv.json", "s.iemlab"}))
      << outcome.out;
  EXPECT_NE(outcome.out.find("Broken pipe"), std::string::npos) << outcome.out;
}

TEST(cli_faults, asked_before_its_first_step_it_ends_with_nothing_written) {
  const Folder folder;
  ASSERT_EQ(iemlab(folder, {"run", "moons", "--steps", "2", "--quiet", "--save-session", "s.iemlab"}).code,
            0);
  auto session = nlohmann::json::parse(folder.read("s.iemlab"));
  session["step"] = 1'000'000'000'000;
  folder.write("endless.iemlab", session.dump());
  for (const int signal : {SIGINT, SIGTERM, SIGHUP}) {
    Started run({IEMLAB_BINARY, "run", "endless.iemlab", "--trace", "t.csv"}, folder);  // still replays
    run.wait_until_it_works();
    run.send(signal);
    const Outcome outcome = run.wait();
    EXPECT_EQ(outcome.code, 130) << signal;
    EXPECT_FALSE(folder.has("t.csv"));
  }
}

TEST(cli_faults, asked_twice_it_ends_at_once_and_leaves_no_temporary_file) {
  const Folder folder;
  // One step takes long: the first signal waits for its end.
  Started run({IEMLAB_BINARY, "run", "sticky_markov_sgd", "--set", "data.length=20000", "--set",
               "optimizer.method=gd", "--steps", kEndless, "--trace", "t.csv"},
              folder);
  std::this_thread::sleep_for(std::chrono::seconds(4));
  run.send(SIGTERM);
  run.send(SIGTERM);
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  run.send(SIGTERM);
  EXPECT_EQ(run.wait().code, 130);
  // The step may end in between: then its table is there, and what describes it.
  EXPECT_TRUE(files_of(folder).empty() || folder.has("t.csv"));
  for (const std::string& file : files_of(folder))
    EXPECT_TRUE(file == "t.csv" || file == "t.csv.json") << file;
}

TEST(cli_faults, killed_it_leaves_no_torn_file) {
  for (int i = 0; i < 6; ++i) {
    const Folder folder;
    folder.write("t.csv", "old\n");
    Started run({IEMLAB_BINARY, "run", "moons", "--steps", kEndless, "--trace", "t.csv"}, folder);
    std::this_thread::sleep_for(std::chrono::milliseconds(150 + 100 * i));
    run.send(SIGKILL);
    EXPECT_EQ(run.wait().code, 128 + SIGKILL);
    EXPECT_EQ(folder.read("t.csv"), "old\n");
  }
}

// --- tables of any length ---

TEST(cli_faults, a_table_longer_than_memory_is_written) {
  if (kSanitized) GTEST_SKIP() << "built with a sanitizer";
  const Folder folder;
  const Outcome outcome = shell(
      folder,
      "(ulimit -v 400000; iemlab run three_blobs --set data.count=300000 --set model.components=16 --steps 0 "
      "--threads 1 --quiet --dump responsibilities=r.csv --dump energies=e.csv)");
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  for (const char* file : {"r.csv", "e.csv"})
    EXPECT_EQ(shell(folder, std::string("wc -l < ") + file).out, "300001\n");
  // A part is what the whole would have been.
  ASSERT_EQ(iemlab(folder, {"run", "three_blobs", "--set", "data.count=20000", "--set", "model.components=64",
                            "--steps", "0", "--quiet", "--dump", "responsibilities=whole.csv"})
                .code,
            0);
  EXPECT_EQ(table_of(folder.read("whole.csv")).rows.size(), 20'000u);
}

}  // namespace
}  // namespace iem::test
