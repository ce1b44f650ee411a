// Numbers that a group of the controls reads off the curve are those of the step and the view that are shown.
#include "tests/gui/app_fixture.h"
#include "tests/gui/drawn_text.h"

namespace iem::gui {
namespace {

class Readings : public AppTest {
 protected:
  Readings() : AppTest("two_bumps", 1280, 1700) {}  // high enough for all groups
  std::string controls() {
    settled();
    std::string out;
    for (const DrawnText& each : drawn_words())
      if (each.window.find("controls") != std::string::npos) out += each.words + "\n";
    return out;
  }
};

TEST_F(Readings, AreThoseOfTheStepAndTheViewThatAreShown) {
  const std::string difference = "Largestdifference";
  app().context().set("view.overlay", std::string("off"));
  const std::string at_first = controls();
  EXPECT_NE(at_first.find("Slopeat0"), std::string::npos) << at_first;
  EXPECT_EQ(at_first.find(difference), std::string::npos) << at_first;
  app().context().set("view.overlay", std::string("family"));
  EXPECT_NE(controls().find(difference), std::string::npos);
  app().context().set("view.overlay", std::string("off"));
  ASSERT_EQ(controls(), at_first);
  app().engine().step(5);
  const std::string later = controls();
  const std::size_t was = at_first.find("Slopeat0"), is = later.find("Slopeat0");
  ASSERT_NE(is, std::string::npos) << later;
  EXPECT_NE(later.substr(is, 40), at_first.substr(was, 40));
}

}  // namespace
}  // namespace iem::gui
