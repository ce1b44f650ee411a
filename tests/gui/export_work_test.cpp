// What the export card has done on another thread: figures are as they were when they were asked for, it ends
// when it is asked to, and removes no files that it has not written.
#include "app/gui/cards/export_work.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <thread>

#include "app/gui/cards/export_preview.h"
#include "app/gui/cards/film.h"
#include "app/gui/sessions/scene_loader.h"
#include "core/base/error.h"
#include "core/labs/kit/lab.h"
#include "tests/gui/app_fixture.h"
#include "tests/support/folder.h"

namespace iem::gui {
namespace {

class ExportWork : public testing::Test {
 protected:
  ExportWork() : run(open_scene("three_blobs").run) {
    run.seek(3);
    snapshot = take_snapshot(run);
  }
  FigureToSave loss() {
    const Config view = snapshot->config();
    return {"loss.csv",
            [this, view] {
              return lab_of(run.setup()).figure("loss", *snapshot, {view, {}, {}});
            },
            view};
  }
  FigureToSave failing(std::function<void()> before = [] {}) {
    return {"fails.svg",
            [before = std::move(before)]() -> Figure {
              before();
              throw InputError("it fails");
            },
            snapshot->config()};
  }

  const test::Folder folder;
  const std::string figures = folder.at("figures");
  iem::Run run;
  std::shared_ptr<const Snapshot> snapshot;
  std::string warning;
};

TEST_F(ExportWork, WritesIntoAFolderOfItsOwnAlone) {
  folder.write("figures/theirs", "x");
  EXPECT_THROW(write_into(figures, {loss()}, run, {}, warning), InputError);
  EXPECT_THROW(write_into(figures, {failing()}, run, {}, warning), InputError);
  EXPECT_EQ(folder.read("figures/theirs"), "x");
  EXPECT_FALSE(folder.has("figures/loss.csv"));
}

TEST_F(ExportWork, AFailureRemovesWhatWasWrittenAndNothingElse) {
  bool was_there = false;
  const auto look = [&] {
    was_there = folder.has("figures/loss.csv") && folder.has("figures/loss.csv.json");
  };
  EXPECT_THROW(write_into(figures, {loss(), failing(look)}, run, {}, warning), InputError);
  EXPECT_TRUE(was_there);
  EXPECT_FALSE(std::filesystem::exists(figures));

  const auto put = [&] { folder.write("figures/theirs", "x"); };
  EXPECT_THROW(write_into(figures, {loss(), failing(put)}, run, {}, warning), InputError);
  EXPECT_EQ(folder.read("figures/theirs"), "x");
  EXPECT_FALSE(folder.has("figures/loss.csv"));
  EXPECT_FALSE(folder.has("figures/loss.csv.json"));
}

// Its last step is one that nobody would wait for.
TEST_F(ExportWork, ACancelledFilmDoesNotGoToItsLastStep) {
  constexpr std::int64_t kFar = 1'000'000'000;
  std::vector<std::string> refused;
  FilmOrder order{.figure = "loss",
                  .path = folder.at("film.webp"),
                  .look = {},
                  .view = snapshot->config(),
                  .log_axes = {},
                  .settings = {.from = 3, .to = kFar, .every = kFar}};
  FilmProgress progress;
  progress.cancelled = true;
  EXPECT_FALSE(write_film(Comparison(run, refused), order, progress));
  EXPECT_FALSE(folder.has("film.webp"));
}

class FigureMakers : public AppTest {};

// Saving all makes none of them in the window.
TEST_F(FigureMakers, AFigureIsMadeLaterAndElsewhereAsItWas) {
  app().engine().step(3);
  const auto then = settled();
  PanelContext& context = app().context();
  context.view().log_axes = {"loss.x"};
  context.strokes.draw_to(1, 2), context.strokes.draw_to(3, 4);
  const auto maker = [&](const std::string& id) {
    return maker_to_export(context, *std::ranges::find(context.lab().figures(), id, &FigureType::id));
  };
  const auto make_loss = maker("loss"), make_stage = maker(context.stage().id);
  const std::size_t marks = figure_to_export(context, context.stage().id).panels.front().marks.size();
  context.view().log_axes.clear();
  context.strokes.wipe();
  app().engine().step(4);
  settled();
  Figure loss, stage;
  std::thread([&] { loss = make_loss(), stage = make_stage(); }).join();
  EXPECT_EQ(loss.panels.at(0).x.scale, Scale::log10);
  EXPECT_EQ(loss.panels.at(0).x.hi, static_cast<double>(then->last_step()));
  EXPECT_EQ(stage.panels.at(0).marks.size(), marks);
  const auto* pen = std::get_if<Line>(&stage.panels.at(0).marks.back());
  ASSERT_NE(pen, nullptr);
  EXPECT_EQ(pen->series, "pen");
  EXPECT_EQ(pen->x[1], 3);
}

// With what is pinned, which is no key of the view.
TEST_F(FigureMakers, TheViewOfAQuickFigureIsWhole) {
  PanelContext& context = app().context();
  context.view().pinned = {ElementId::Kind::prototype, 1};
  context.view().touch();
  settled();
  const auto& type = *std::ranges::find(context.lab().figures(), context.stage().id, &FigureType::id);
  const Figure made = maker_to_export(context, type)(), shown = figure_to_export(context, type.id);
  EXPECT_EQ(made.caption, shown.caption);
  EXPECT_EQ(made.panels.at(0).marks.size(), shown.panels.at(0).marks.size());
}

}  // namespace
}  // namespace iem::gui
