// iemlab screenshot --script with `record`: which pictures there are, and that a script that goes wrong
// leaves no file.
#include <gtest/gtest.h>

#include <utility>

#include "tests/app/apng.h"
#include "tests/app/command.h"

namespace iem::test {
namespace {

Outcome recorded(const Folder& folder, const std::string& script, std::vector<std::string> more = {}) {
  folder.write("do.txt", script);
  std::vector<std::string> words = {"screenshot", "three_blobs", "-o",     "last.png",
                                    "--script",   "do.txt",      "--size", "400x300"};
  words.insert(words.end(), more.begin(), more.end());
  return iemlab(folder, words);
}

TEST(cli_record, has_a_picture_at_first_and_after_each_step_and_line) {
  const Folder folder;
  const std::string script = "steps 2\nrecord a.apng\nsteps 3\n# nothing\nset optimizer.learning_rate=0.2\n";
  const Outcome outcome = recorded(folder, script);
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(frames_of_apng(folder.read("a.apng")), 5);
  EXPECT_NE(outcome.out.find("wrote a.apng"), std::string::npos) << outcome.out;
  const std::string bytes = folder.read("a.apng");
  ASSERT_EQ(recorded(folder, script).code, 0);
  EXPECT_EQ(folder.read("a.apng"), bytes);
}

TEST(cli_record, ends_where_the_next_one_begins) {
  const Folder folder;
  const Outcome outcome =
      recorded(folder, "record a.apng\nsteps 2\nrecord b.gif\nsteps 1\nrecord c/\nsteps 1\n");
  ASSERT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_EQ(frames_of_apng(folder.read("a.apng")), 3);
  EXPECT_EQ(folder.read("b.gif").substr(0, 6), "GIF89a");
  EXPECT_TRUE(folder.has("c"));
}

TEST(cli_record, shows_the_window_in_its_size) {
  const Folder folder;
  ASSERT_EQ(recorded(folder, "record f/\nsteps 2\n").code, 0);
  const std::string last = folder.read("last.png");
  const std::string size = last.substr(16, 8);  // of IHDR
  for (const char* frame : {"f/frame-0001.png", "f/frame-0002.png", "f/frame-0003.png"})
    EXPECT_EQ(folder.read(frame).substr(16, 8), size) << frame;
}

// As editors on Windows write it.
TEST(cli_record, reads_a_script_with_a_byte_order_mark) {
  const Folder folder;
  const Outcome outcome = recorded(folder, "\xEF\xBB\xBFrecord f/\r\nsteps 1\r\n");
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_TRUE(folder.has("f/frame-0002.png"));
}

TEST(cli_record, leaves_no_file_where_it_is_refused) {
  const Folder folder;
  for (const auto& [script, said] : std::vector<std::pair<std::string, std::string>>{
           {"record a.txt\nsteps 1\n", "must end in"},
           {"record\n", "must end in"},
           {"record do.txt\n", "must end in"},
           {"record no/such/a.webp\n", "no/such"},
           {"record a.webp\nsteps 1\nrecord a.webp\n", "a.webp"},
           {"record a.webp\nsteps 1\nfly away\n", "must begin with"}}) {
    const Outcome outcome = recorded(folder, script);
    EXPECT_NE(outcome.code, 0) << script;
    EXPECT_NE(outcome.err.find(said), std::string::npos) << outcome.err;
    EXPECT_NE(outcome.err.find("do.txt:"), std::string::npos) << outcome.err;
    EXPECT_FALSE(folder.has("a.webp")) << script;
    EXPECT_FALSE(folder.has("last.png")) << script;
  }
  EXPECT_EQ(recorded(folder, "record a.gif\nsteps 1\n", {"--fps", "100"}).code, 2);
}

}  // namespace
}  // namespace iem::test
