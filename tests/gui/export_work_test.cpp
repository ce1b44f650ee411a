// What the export card has done on another thread: it ends when it is asked to, and removes no files that it
// has not written.
#include "app/gui/cards/export_work.h"

#include <gtest/gtest.h>

#include <filesystem>

#include "app/gui/cards/film.h"
#include "app/gui/sessions/scene_loader.h"
#include "core/base/error.h"
#include "core/labs/kit/lab.h"
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

}  // namespace
}  // namespace iem::gui
