// The pointer over everything there is, in the window of every lab.
#include "core/labs/registry.h"
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

std::string first_scene_of(const Lab& lab) {
  for (const std::string& name : builtin_scenes())
    if (load_scene(name).config.lab() == lab.id()) return name;
  return "";
}

class EveryWindow : public AppTest, public testing::WithParamInterface<const Lab*> {
 protected:
  EveryWindow() : AppTest(first_scene_of(*GetParam())) {}
};
INSTANTIATE_TEST_SUITE_P(Labs, EveryWindow, testing::ValuesIn(labs()),
                         [](const auto& row) { return row.param->id(); });

TEST_P(EveryWindow, HoveringAnythingIsSafe) {
  app().engine().step(5);
  settled();
  std::size_t elements = 0;
  run([&](ImGuiTestContext& at) {
    for (float y = 20; y < 800; y += 97)
      for (float x = 20; x < 1280; x += 157) {
        at.MouseTeleportToPos({x, y});
        at.Yield();
        elements += app().desk().view().hovered == ElementId{} ? 0 : 1;
      }
  });
  EXPECT_GT(elements, 0U) << "nothing on the stage says what it is";
}

}  // namespace
}  // namespace iem::gui
