// A run that diverges does not take the window with it: whatever its figures have become they are drawn, with
// a bounded number of vertices and in bounded memory, and the way back is one click.
#include "app/gui/gl/imgui_canvas.h"
#include "app/gui/gl/screen_paint.h"
#include "app/gui/look/math_text.h"
#include "core/check/finite.h"
#include "core/labs/kit/lab.h"
#include "core/labs/registry.h"
#include "core/run/divergence.h"
#include "core/run/fault.h"
#include "core/session/session.h"
#include "tests/gui/app_fixture.h"
#include "tests/support/print_lab.h"
#include "tests/support/scenes.h"
#include "tests/support/small_atlas.h"
#include "tests/support/wild_runs.h"

namespace iem::gui {
namespace {

constexpr std::size_t kMemory = 1u << 30;
constexpr int kMostVertices = 1'500'000;

class Painting : public Frame {
 public:
  explicit Painting(std::function<void()> body) : body_(std::move(body)) {}
  void draw() override { body_(); }

 private:
  std::function<void()> body_;
};

// Draws a figure as the window does, on a list that nobody shows; returns its vertices.
int vertices_of(const Figure& figure, FieldRenderer& fields) {
  int most = 0;
  for (const Panel& panel : figure.panels) {
    ImDrawList list(ImGui::GetDrawListSharedData());
    list._ResetForNewFrame();
    list.PushTexture(ImGui::GetIO().Fonts->TexRef);
    list.PushClipRectFullScreen();
    ImGuiCanvas canvas(&list);
    const paint::Transform to_px(panel, {30, 10, 190, 130});
    const paint::PaintOptions options = screen_options(fields);
    paint::paint_grid(panel, to_px, theme(), canvas, options);
    paint::paint_marks(panel, to_px, theme(), canvas, options);
    paint::paint_axes(panel, to_px, theme(), canvas, options);
    most = std::max(most, list.VtxBuffer.Size);
    for (const ImDrawVert& v : list.VtxBuffer) {
      const bool near = std::abs(v.pos.x) < 1e4F && std::abs(v.pos.y) < 1e4F;  // false for NaN
      if (!near) return kMostVertices;
    }
  }
  return most;
}

class WildFigures : public ::testing::TestWithParam<const Lab*> {};
INSTANTIATE_TEST_SUITE_P(Lab, WildFigures, ::testing::ValuesIn(labs()),
                         [](const auto& lab) { return lab.param->id(); });

TEST_P(WildFigures, ArePaintedInTheWindow) {
  Window window(headless_options(220, 160));
  FieldRenderer fields;
  const std::size_t before = testing::resident();
  int painted = 0;
  for (const std::string& scene : test::scenes_of_every_kind_of(GetParam()->id())) {
    testing::for_each_wild_state(scene, [&](const testing::WildState& state, const iem::Run& run) {
      if (run.setup().data->size() > 1000 && !state.last) return;  // as scenes with fewer tokens
      const auto snapshot = take_snapshot(run);
      const Config view = test::with_small_atlas(snapshot->config());
      const Lab& lab = lab_of(run.setup());
      Painting frame([&] {
        for (const FigureType& type : lab.figures()) {
          if ((type.needs.slow && !state.last) || !is_offered(type, snapshot->config())) continue;
          const Figure figure = lab.figure(type.id, *snapshot, {view, {}, {}});
          EXPECT_LT(vertices_of(figure, fields), kMostVertices)
              << scene << " at rate " << state.rate << ", step " << run.state().step << ": " << type.id;
          ++painted;
        }
      });
      window.render(frame);
      fields.draw_due();
    });
    ASSERT_LT(testing::resident(), before + kMemory) << scene;
  }
  EXPECT_GT(painted, 100);
}

// The whole window on the last finite state of a wild run, whatever stands in its middle.
class WildWindow : public AppTest {
 protected:
  WildWindow() : AppTest("three_blobs", 900, 600) {}
  void show(iem::Run run) {
    app().engine().open(std::move(run));
    settled();
    driver.window().show();
  }
};

TEST_F(WildWindow, IsDrawnWhateverStandsInItsMiddle) {
  const std::size_t before = testing::resident();
  int drawn = 0;
  for (const char* scene :
       {"old_faithful", "three_blobs", "learned_levels", "routing_toy", "routing_roles"}) {
    std::vector<iem::Run> wild;
    testing::for_each_wild_state(scene, [&](const testing::WildState& state, const iem::Run& run) {
      if (state.last && state.rate > 1) wild.push_back(run);
    });
    ASSERT_FALSE(wild.empty()) << scene;
    for (const FigureType& type : lab_of(wild.back().setup()).figures()) {
      iem::Run run = wild[static_cast<std::size_t>(drawn) % wild.size()];
      if (type.needs.slow) continue;
      // The middle of the activation lab is its derivation, whatever is chosen.
      if (run.setup().config().table().find("view.centre")) run.apply({"view.centre", type.id, 0});
      show(std::move(run));
      ++drawn;
      ASSERT_LT(testing::resident(), before + kMemory) << scene << " " << type.id;
    }
  }
  EXPECT_GT(drawn, 25);
}

TEST_F(WildWindow, IsDrawnAsALandscape) {
  int drawn = 0;
  testing::for_each_wild_state("three_blobs", [&](const testing::WildState&, const iem::Run& run) {
    iem::Run landscape = run;
    landscape.apply({"view.field", std::string("energy"), 0});
    landscape.apply({"view.landscape", true, 0});
    show(std::move(landscape));
    ++drawn;
  });
  EXPECT_GT(drawn, 5);
}

class Divergence : public AppTest {
 protected:
  Divergence() : AppTest("old_faithful") {}
};

TEST_F(Divergence, IsMendedFromTheStartInOneUndoStep) {
  app().context().set("optimizer.learning_rate", 10.0);
  for (int i = 0; i < 6; ++i) app().engine().step(1);
  const auto lost = settled();
  ASSERT_TRUE(lost->divergence);
  ASSERT_EQ(lost->diagnoses.front().kind, kDivergedKind);
  EXPECT_EQ(lost->diagnoses.front().remedy, "Standardise the data");
  run([](ImGuiTestContext& at) {
    at.SetRef(at.WindowInfo("//Stage###stage").Window->ID);
    at.ItemClick("##remedy");
  });
  const auto again = settled();
  EXPECT_EQ(again->state.step, 0);
  EXPECT_TRUE(again->data().standardised);
  EXPECT_FALSE(again->divergence);
  EXPECT_EQ(again->config().real("optimizer.learning_rate"), 10);
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z); });
  EXPECT_EQ(hash(), lost->state.hash());
}

// A scene that never was finite opens and says so, on every page and with every figure.
TEST_F(Divergence, OfAStartIsSaidWhereTheSceneIsOpened) {
  app().open(std::string(IEMLAB_SOURCE_DIR) + "/tests/cases/loss-not-finite-at-step-0/scene.toml");
  settled();  // read
  const auto lost = settled();
  ASSERT_TRUE(lost->divergence);
  EXPECT_EQ(lost->diagnoses.front().text,
            "the run became non-finite at step 0 (loss): no energy of point 7, counted from 1, is finite");
  EXPECT_EQ(cannot_be_checked(*lost), "cannot be checked: Z is not finite");
  for (const FigureType& type : lab_of(*lost->setup).figures()) {
    app().context().set("view.centre", type.id);
    settled();
  }
  for (int i = 0; i < 3; ++i) app().engine().step(1);
  EXPECT_EQ(settled()->state.step, 0);
  run([](ImGuiTestContext& at) { at.ItemClick("##transport/##meter"); });
  settled();
}

TEST(LossNumber, HasRoom) {
  EXPECT_EQ(loss_number(1.25), "1.2500");
  EXPECT_EQ(loss_number(-954613.0091), "−954613.0091");
  EXPECT_EQ(loss_number(1.4975453803677437e22), "1.498 × 10^22");
  EXPECT_EQ(loss_number(-9.7e217), "−9.700 × 10^217");
  EXPECT_EQ(loss_number(5.6e-17), "5.600 × 10^−17") << "not 0.0000";
  EXPECT_EQ(loss_number(0), "0");
  ASSERT_EQ(loss_pieces(0).size(), 1u);
  EXPECT_EQ(loss_pieces(0)[0].text, "0");
  EXPECT_EQ(loss_number(std::nan("")), "not finite");
  ASSERT_EQ(loss_pieces(1.4975453803677437e22).size(), 3u);
  EXPECT_EQ(loss_pieces(1.4975453803677437e22)[0].text, "1.498");
  EXPECT_EQ(loss_pieces(1.4975453803677437e22)[2].text, "10^{22}");
}

}  // namespace
}  // namespace iem::gui
