// The strip of an update where more components answer than it has room for.
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

class ManyUnits : public AppTest {
 protected:
  ManyUnits() : AppTest("digits_whiten") {}
};

TEST_F(ManyUnits, TheWheelGoesThroughWhatTheStripLeavesOut) {
  app().context().view().pin_point(3);
  settled();
  const auto wheel = [&](float by) {
    run([&](ImGuiTestContext& at) {
      at.MouseMove("##phases/##phase.responsibilities");
      at.Yield(2);
      at.MouseWheelY(by);
      at.Yield(3);
    });
  };
  EXPECT_EQ(app().phase_strip().first(), 0);
  wheel(-3);
  EXPECT_EQ(app().phase_strip().first(), 3);
  wheel(-500);
  const auto units = static_cast<int>(app().context().responsibilities().size());
  EXPECT_GT(app().phase_strip().first(), units / 2);
  EXPECT_LT(app().phase_strip().first(), units);
  wheel(500);
  EXPECT_EQ(app().phase_strip().first(), 0);
  wheel(-2);
  app().context().view().pin_point(4);  // another point begins with its largest
  settled();
  EXPECT_EQ(app().phase_strip().first(), 0);
}

}  // namespace
}  // namespace iem::gui
