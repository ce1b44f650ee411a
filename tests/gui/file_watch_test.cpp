// A file that changes on the disk is noticed, and whoever asks does not wait for the disk.
#include "app/gui/platform/file_watch.h"

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <utility>

#include "tests/support/folder.h"

namespace iem::gui {
namespace {

// No lock is held while the watch calls: another thread may ask it meanwhile.
TEST(FileWatch, CanBeAskedWhileItSaysThatTheFileHasChanged) {
  const test::Folder folder;
  const std::string file = folder.write("a.md", "one");
  std::promise<void> called, asked;
  bool first = true;
  FileWatch watch(file, [&] {
    if (!std::exchange(first, false)) return;
    called.set_value();
    asked.get_future().wait();
  });
  EXPECT_FALSE(watch.take());
  folder.write("a.md", "another");
  called.get_future().wait();
  auto taken = std::async(std::launch::async, [&] { return watch.take(); });
  const bool in_time = taken.wait_for(std::chrono::seconds(20)) == std::future_status::ready;
  asked.set_value();
  EXPECT_TRUE(in_time) << "it waits for the watch's thread";
  EXPECT_TRUE(taken.get());
  EXPECT_FALSE(watch.take()) << "a change is said once";
}

}  // namespace
}  // namespace iem::gui
