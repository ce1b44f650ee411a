// iemlab run --animate: which frames there are, that they are the same bytes with any number of threads, and
// that nothing is left where it is refused or ended.
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <thread>

#include "app/export/animation/run_frames.h"
#include "tests/app/apng.h"
#include "tests/app/command.h"

namespace iem::test {
namespace {

const std::vector<std::string> kSmall = {"--width-cm", "6", "--height-cm", "5", "--dpi", "40", "--quiet"};

std::vector<std::string> animate_words(const std::string& what, std::vector<std::string> more = {}) {
  std::vector<std::string> out = {"run", "three_blobs", "--animate", what};
  out.insert(out.end(), more.begin(), more.end());
  out.insert(out.end(), kSmall.begin(), kSmall.end());
  return out;
}

TEST(cli_animate, has_every_nth_step_and_the_last) {
  const Folder folder;
  ASSERT_EQ(iemlab(folder, animate_words("stage=a.apng", {"--steps", "10", "--every", "4"})).code, 0);
  EXPECT_EQ(frames_of_apng(folder.read("a.apng")), 4);  // 0, 4, 8, 10
  ASSERT_EQ(iemlab(folder, animate_words("loss=b.apng", {"--steps", "3"})).code, 0);
  EXPECT_EQ(frames_of_apng(folder.read("b.apng")), 4);
  EXPECT_EQ(evenly_by_steps(20'000, {}).size(), 201u);
  EXPECT_EQ(evenly_by_steps(0, {}).size(), 1u);
}

TEST(cli_animate, goes_at_the_pace_of_change) {
  std::vector<double> changes = {0};
  for (int i = 0; i < 100; ++i) changes.push_back(i < 10 ? 10 : 0.1);
  const std::vector<std::int64_t> shown = evenly_by_change(changes, 12);
  EXPECT_LE(shown.size(), 12u);
  EXPECT_EQ(shown.front(), 0);
  EXPECT_EQ(shown.back(), 100);
  EXPECT_GE(std::ranges::count_if(shown, [](std::int64_t step) { return step <= 10; }), 10);
  const Folder folder;
  const auto words = animate_words("stage=a.webp", {"--steps", "60", "--every", "10", "--pace", "change"});
  ASSERT_EQ(iemlab(folder, words).code, 0);
  EXPECT_TRUE(folder.has("a.webp"));
}

TEST(cli_animate, has_the_same_bytes_with_any_number_of_threads) {
  const Folder folder;
  for (const char* threads : {"1", "2"})
    for (const char* format : {"webp", "gif"})
      ASSERT_EQ(iemlab(folder,
                       animate_words("stage=" + std::string(threads) + "." + format,
                                     {"--steps", "5", "--at", "2:model.components=4", "--threads", threads}))
                    .code,
                0);
  EXPECT_TRUE(folder.read("1.webp") == folder.read("2.webp"));
  EXPECT_TRUE(folder.read("1.gif") == folder.read("2.gif"));
}

TEST(cli_animate, frames_in_a_folder_reopen_their_step) {
  const Folder folder;
  ASSERT_EQ(iemlab(folder, animate_words("stage=f/", {"--steps", "4"})).code, 0);
  const Outcome third =
      iemlab(folder, {"run", "f/frame-0003.png", "--steps", "0", "--state", "s.json", "--quiet"});
  ASSERT_EQ(third.code, 0) << third.err;
  EXPECT_EQ(nlohmann::json::parse(folder.read("s.json"))["step"], 2);
}

TEST(cli_animate, writes_films_where_there_is_ffmpeg) {
  const Folder folder;
  const auto words = animate_words("stage=a.mp4", {"--steps", "5", "--fps", "10"});
  const Outcome without = shell(folder, "PATH=/nowhere " + std::string(IEMLAB_BINARY) +
                                            " run three_blobs --steps 2 --animate stage=a.mp4");
  EXPECT_EQ(without.code, 5);
  EXPECT_EQ(lines_of(without.err).size(), 1u) << without.err;
  EXPECT_NE(without.err.find("ffmpeg"), std::string::npos);
  EXPECT_TRUE(folder.files().empty());
  if (shell(folder, "command -v ffprobe").code != 0) GTEST_SKIP() << "no ffmpeg here";
  const Outcome outcome = iemlab(folder, words);
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  const Outcome probe = shell(folder,
                              "ffprobe -v error -count_frames -show_entries "
                              "stream=width,height,nb_read_frames,r_frame_rate -of csv=p=0 a.mp4");
  EXPECT_EQ(probe.out, "94,80,10/1,6\n");
}

TEST(cli_animate, options_of_films_want_a_film) {
  const Folder folder;
  for (const char* command :
       {"run three_blobs", "compare three_blobs --run optimizer.method=em", "page page.toml"})
    for (const char* option : {"--every 2", "--fps 10", "--pace change"}) {
      const Outcome outcome = shell(folder, std::string(IEMLAB_BINARY) + " " + command + " " + option);
      EXPECT_EQ(outcome.code, 2) << command << " " << option;
      EXPECT_NE(outcome.err.find("--animate"), std::string::npos) << outcome.err;
    }
  EXPECT_TRUE(folder.files().empty());
}

TEST(cli_animate, refuses_before_the_first_step) {
  const Folder folder;
  const auto refused = [&](const std::string& what, int code, std::vector<std::string> more = {}) {
    more.insert(more.end(), {"--steps", "3"});
    const Outcome outcome = iemlab(folder, animate_words(what, more));
    EXPECT_EQ(outcome.code, code) << what << ": " << outcome.err;
    EXPECT_EQ(lines_of(outcome.err).size(), 1u) << what << ": " << outcome.err;
    EXPECT_TRUE(folder.files().empty()) << what;
  };
  refused("stage=a.avi", 2);
  refused("nothing=a.gif", 2);
  refused("stage=a.gif", 2, {"--fps", "100"});
  refused("stage=a.gif", 2, {"--every", "0"});
  refused("stage=nowhere/a.gif", 4);
  refused("stage=nowhere/frames/", 4);
}

TEST(cli_animate, ctrl_c_leaves_nothing) {
  const Folder folder;
  for (const char* name : {"a.webp", "frames/"}) {
    Started run({IEMLAB_BINARY, "run", "penguins", "--steps", "200", "--quiet", "--animate",
                 "stage=" + std::string(name)},
                folder);
    run.wait_until_it_works();
    std::this_thread::sleep_for(std::chrono::milliseconds(700));
    run.interrupt();
    EXPECT_EQ(run.wait().code, 130);
    EXPECT_TRUE(folder.files().empty()) << folder.files().front();
  }
}

TEST(cli_animate, a_full_disk_leaves_nothing) {
  const Folder folder;
  for (const char* name : {"a.webp", "a.apng", "frames/"}) {
    const Outcome outcome =
        shell(folder,
              "ulimit -f 4; iemlab run three_blobs --steps 9 --width-cm 8 --dpi 60 --quiet --animate stage=" +
                  std::string(name));
    EXPECT_EQ(outcome.code, 4) << name << outcome.err;
    EXPECT_EQ(lines_of(outcome.err).size(), 1u) << outcome.err;
    EXPECT_TRUE(folder.files().empty()) << name;
  }
}

}  // namespace
}  // namespace iem::test
