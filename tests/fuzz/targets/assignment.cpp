#include "core/config/assignment.h"
#include "core/run/scene.h"
#include "tests/fuzz/targets.h"

void iem::fuzz::assignment(std::string_view bytes) {
  expect_value_or_one_line([&] { (void)parse_assignment(std::string(bytes), "--set"); });
}
