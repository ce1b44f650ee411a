// Whatever goes wrong on another thread becomes words; it never ends the window.
#include "app/gui/platform/job.h"

#include <gtest/gtest.h>

#include <new>
#include <regex>
#include <system_error>

#include "app/gui/look/text.h"
#include "core/base/error.h"

namespace iem::gui {
namespace {

// What comes out of a job that throws.
template <class Throw>
Outcome<int> failing(const Throw& raise) {
  Job<int> job;
  job.start([&]() -> int {
    raise();
    return 1;
  });
  return job.take();
}

TEST(Jobs, AnythingThrownIsAnOutcomeWithWords) {
  EXPECT_EQ(*failing([] {}).value, 1);
  EXPECT_EQ(failing([] {
              throw InputError("no such file", {"a.csv", 3, 1});
            }).error,
            "a.csv:3:1: no such file");
  EXPECT_EQ(failing([] { throw std::bad_alloc(); }).error, text::kNoMemory);
  EXPECT_NE(
      failing([] { throw std::system_error(EAGAIN, std::generic_category()); }).error.find("unavailable"),
      std::string::npos);
  EXPECT_NE(failing([] { std::regex("["); }).error.find(text::kInternalError), std::string::npos);
  EXPECT_FALSE(failing([] { throw 7; }).error.empty());
  EXPECT_FALSE(failing([] { throw 7; }).value.has_value());
}

}  // namespace
}  // namespace iem::gui
