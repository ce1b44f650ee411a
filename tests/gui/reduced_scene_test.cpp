// Scenes of every lab that show only some of the window, through the state string that carries them.
#include <ostream>

#include "app/gui/look/text.h"
#include "core/lesson/elements.h"
#include "core/session/scene_file.h"
#include "core/session/state_string.h"
#include "tests/gui/app_fixture.h"

namespace iem::gui {
namespace {

struct ReducedCase {
  const char* scene;
  const char* figure;   // beside the stage
  const char* allowed;  // a setting, a value of it that the run does not have
  double value;
  const char* locked;
  double other;
};

void PrintTo(const ReducedCase& of, std::ostream* out) { *out << of.scene; }

std::string state_string_of(const ReducedCase& of, bool lock) {
  Scene scene = load_scene(of.scene);
  scene.config.set("view.show", std::vector<std::string>{"stage", of.figure, "controls", "step"});
  scene.config.set("view.controls", std::vector<std::string>{of.allowed});
  scene.config.set("view.lock", lock);
  const iem::Run run(std::move(scene), std::make_shared<ThreadPool>(1));
  return write_state_string(run, run.setup().config());
}

class ReducedLab : public AppTest, public testing::WithParamInterface<ReducedCase> {
 protected:
  ReducedLab() : AppTest(state_string_of(GetParam(), true)) {}
  static bool is_there(const std::string& ending) {
    for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows)
      if (window->WasActive && !window->Hidden && std::string(window->Name).ends_with(ending)) return true;
    return false;
  }
};

INSTANTIATE_TEST_SUITE_P(
    Labs, ReducedLab,
    testing::Values(
        ReducedCase{"three_blobs", "usage", "model.temperature", 2.5, "optimizer.learning_rate", 0.37},
        ReducedCase{"labels_clamp", "clamp", "optimizer.learning_rate", 0.37, "model.temperature", 2.5},
        ReducedCase{"lines_part", "variances", "optimizer.learning_rate", 0.37, "model.temperature", 2.5},
        ReducedCase{"routing_toy", "attention", "optimizer.learning_rate", 0.37, "model.temperature", 2.5},
        ReducedCase{"fixed_point", "loss", "optimizer.learning_rate", 0.02, "model.gamma", 0.5},
        ReducedCase{"tanh", "activation", "model.temperature", 2.5, "optimizer.learning_rate", 0.37}),
    [](const auto& row) { return std::string(row.param.scene); });

TEST_P(ReducedLab, ShowsWhatItNamesAndLetsThatBeChanged) {
  const ReducedCase& of = GetParam();
  settled();
  const Reduced& reduced = app().context().reduced();
  EXPECT_FALSE(reduced.shows_all());
  EXPECT_EQ(reduced.figures(), std::vector<std::string>{of.figure});
  EXPECT_EQ(reduced.keys(), std::vector<std::string>{of.allowed});
  EXPECT_FALSE(is_there("##phases")) << "the strip is not named";
  EXPECT_TRUE(is_there("##transport"));
  EXPECT_FALSE(reduced.shows_panel("meter"));
  if (app().context().view().config.table().find("view.plots") != nullptr) {
    const std::vector<std::string> plots = app().context().view().config.list("view.plots");
    EXPECT_EQ(plots.front(), of.figure);
  }
  const auto number = [&](const char* key) { return settled()->config().real(key); };
  const double before = number(of.locked);
  app().context().set(of.locked, of.other);
  EXPECT_EQ(number(of.locked), before) << "it is locked";
  app().context().set(of.allowed, of.value);
  EXPECT_EQ(number(of.allowed), of.value);
  for (const char* id : {"transport.forward", "transport.restart", "edit.undo", "scene.next"})
    EXPECT_NE(app().actions().disabled(id), "") << id;
  EXPECT_EQ(app().actions().disabled("view.theme"), "");
}

TEST_P(ReducedLab, DragsNothingThatIsLocked) {
  const std::uint64_t before = hash();
  const FigureType* stage = app().context().lab().figure_for(FigureUse::stage);
  if (stage == nullptr || !app().stage().shown()) return;  // the derivation has no stage
  for (const Mark& mark : app().context().stage().panels.front().marks) {
    const auto* marker = std::get_if<Marker>(&mark);
    if (marker == nullptr || marker->element.kind == ElementId::Kind::none) continue;
    const ImVec2 at = on_stage(marker->x, marker->y);
    run([&](ImGuiTestContext& test) {
      test.MouseTeleportToPos(at);
      test.MouseDown();
      test.MouseMoveToPos({at.x + 40, at.y + 30});
      test.MouseUp();
    });
    break;
  }
  EXPECT_EQ(hash(), before);
}

// The strip of a scene's own settings comes back with the next scene, whole.
TEST_P(ReducedLab, AnotherSceneIsWhole) {
  settled();
  app().engine().open(open_scene("three_blobs").run);
  settled();
  EXPECT_TRUE(app().context().reduced().shows_all());
  EXPECT_FALSE(app().context().reduced().locked());
  EXPECT_TRUE(is_there("##phases"));
}

}  // namespace
}  // namespace iem::gui
