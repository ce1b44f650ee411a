// Several runs side by side in one animation: iemlab compare --animate and iemlab page --animate.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "tests/app/apng.h"
#include "tests/app/command.h"

namespace iem::test {
namespace {

const std::vector<std::string> kSmallFilm = {"--width-cm", "8", "--dpi", "40", "--quiet"};

std::vector<std::string> compare_words(const std::string& what, std::vector<std::string> more = {}) {
  std::vector<std::string> out = {"compare",   "three_blobs", "--run", "optimizer.method=em",
                                  "--animate", what};
  out.insert(out.end(), more.begin(), more.end());
  out.insert(out.end(), kSmallFilm.begin(), kSmallFilm.end());
  return out;
}

std::vector<std::string> page_words(const std::string& film, std::vector<std::string> more = {}) {
  std::vector<std::string> out = {"page", "p.toml", "--animate", film};
  out.insert(out.end(), more.begin(), more.end());
  out.insert(out.end(), kSmallFilm.begin(), kSmallFilm.end());
  return out;
}

const std::string kFilmPage =
    "format = 1\nscene = \"three_blobs\"\n[[panel]]\nfigure = \"stage\"\nstep = 0\n[[panel]]\nfigure = "
    "\"stage\"\nstep = 6\n[[panel]]\nfigure = \"usage\"\nstep = 4\nset = { optimizer.method = \"em\" }\n";

std::string hash_in(const Folder& folder, const std::string& opened) {
  const Outcome outcome = iemlab(folder, {"run", opened, "--steps", "0", "--json"});
  EXPECT_EQ(outcome.code, 0) << opened << ": " << outcome.err;
  return outcome.code == 0 ? outcome.json()["hash"].get<std::string>() : outcome.err;
}

TEST(cli_film, compared_runs_go_on_together_each_to_its_own_end) {
  const Folder folder;
  // The second stops by itself after a few steps.
  const std::vector<std::string> stops = {"--set", "schedule.stop_grad_norm=0.02", "--steps", "12"};
  const Outcome outcome = iemlab(folder, compare_words("stage=f/", stops));
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  ASSERT_TRUE(folder.has("f/frame-0013.png"));
  EXPECT_FALSE(folder.has("f/frame-0014.png"));
  // Every frame opens both runs, where they are in it.
  EXPECT_EQ(hash_in(folder, "f/frame-0003.png#a"), hash_of(folder, {"three_blobs", "--steps", "2"}));
  EXPECT_EQ(hash_in(folder, "f/frame-0003.png#b"),
            hash_of(folder, {"three_blobs", "--steps", "2", "--set", "optimizer.method=em"}));
  const std::string end = hash_of(folder, {"three_blobs", "--set", "optimizer.method=em", "--set",
                                           "schedule.stop_grad_norm=0.02", "--steps", "12"});
  EXPECT_EQ(hash_in(folder, "f/frame-0013.png#b"), end);
}

TEST(cli_film, of_compared_runs_has_the_same_bytes_with_any_number_of_threads) {
  const Folder folder;
  for (const char* threads : {"1", "2"})
    ASSERT_EQ(iemlab(folder, compare_words("usage=" + std::string(threads) + ".webp",
                                           {"--steps", "5", "--threads", threads, "--seeds", "2..3"}))
                  .code,
              0);
  EXPECT_TRUE(folder.read("1.webp") == folder.read("2.webp"));
}

TEST(cli_film, takes_the_frames_and_formats_of_other_animations) {
  const Folder folder;
  folder.write("p.toml", kFilmPage);
  ASSERT_EQ(iemlab(folder, compare_words("loss=a.apng", {"--steps", "10", "--every", "4"})).code, 0);
  EXPECT_EQ(frames_of_apng(folder.read("a.apng")), 4);  // 0, 4, 8, 10
  ASSERT_EQ(iemlab(folder, page_words("b.apng", {"--every", "4"})).code, 0);
  EXPECT_EQ(frames_of_apng(folder.read("b.apng")), 3);  // 0, 4, 6
  for (const std::string format : {"gif", "webp"})
    ASSERT_EQ(iemlab(folder, page_words("c." + format, {"--pace", "change", "--fps", "10"})).code, 0);
  EXPECT_EQ(folder.read("c.gif").substr(0, 6), "GIF89a");
}

TEST(cli_film, panels_of_a_page_go_to_the_steps_they_show) {
  const Folder folder;
  folder.write("p.toml", kFilmPage);
  const Outcome outcome = iemlab(folder, page_words("f/", {"-o", "p.png"}));
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_TRUE(folder.has("p.png"));
  ASSERT_TRUE(folder.has("f/frame-0007.png"));
  EXPECT_FALSE(folder.has("f/frame-0008.png"));
  EXPECT_EQ(hash_in(folder, "f/frame-0003.png#b"), hash_of(folder, {"three_blobs", "--steps", "2"}));
  EXPECT_EQ(hash_in(folder, "f/frame-0007.png#a"), hash_of(folder, {"three_blobs", "--steps", "0"}))
      << "it stands";
  EXPECT_EQ(hash_in(folder, "f/frame-0007.png#c"),
            hash_of(folder, {"three_blobs", "--steps", "4", "--set", "optimizer.method=em"}));
}

TEST(cli_film, says_what_is_wrong_before_the_first_step) {
  const Folder folder;
  folder.write("p.toml", kFilmPage);
  const auto refused = [&](const std::vector<std::string>& words, int code) {
    const Outcome outcome = iemlab(folder, words);
    EXPECT_EQ(outcome.code, code) << outcome.err;
    EXPECT_EQ(lines_of(outcome.err).size(), 1u) << outcome.err;
    EXPECT_EQ(folder.files().size(), 1u);
  };
  refused({"page", "p.toml"}, 2);
  refused(page_words("a.avi"), 2);
  refused(page_words("a.gif", {"--fps", "100"}), 2);
  refused(page_words("nowhere/a.gif"), 4);
  refused(page_words("p.toml"), 2);
  refused(page_words("a.png"), 2);
  refused(compare_words("stage=a.avi"), 2);
  refused(compare_words("nothing=a.gif", {"--steps", "1"}), 2);
  refused(compare_words("stage=nowhere/frames/", {"--steps", "1"}), 4);
}

TEST(cli_film, ctrl_c_leaves_nothing) {
  const Folder folder;
  folder.write("p.toml", "format = 1\nscene = \"penguins\"\n[[panel]]\nfigure = \"stage\"\nstep = 200\n");
  const std::vector<std::vector<std::string>> commands = {
      {IEMLAB_BINARY, "compare", "penguins", "--run", "optimizer.method=em", "--steps", "200", "--quiet",
       "--animate", "stage=a.webp"},
      {IEMLAB_BINARY, "page", "p.toml", "--animate", "frames/", "--quiet"}};
  for (const auto& command : commands) {
    Started run(command, folder);
    run.wait_until_it_works();
    std::this_thread::sleep_for(std::chrono::milliseconds(900));
    run.interrupt();
    EXPECT_EQ(run.wait().code, 130);
    EXPECT_EQ(folder.files().size(), 1u) << command[1];
  }
}

}  // namespace
}  // namespace iem::test
