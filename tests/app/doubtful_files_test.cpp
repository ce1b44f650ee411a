// Files made of a run whose session has not been replayed yet say so: pictures, tables and films.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "app/export/animation/run_frames.h"
#include "app/export/export.h"
#include "app/export/furnish/figure_on_paper.h"
#include "core/figure/caption.h"
#include "core/figure/furniture.h"
#include "core/session/run_record.h"
#include "core/session/scene_file.h"
#include "core/session/session.h"
#include "core/session/state_string.h"
#include "tests/support/folder.h"

namespace iem {
namespace {

class DoubtfulFiles : public ::testing::Test {
 protected:
  DoubtfulFiles() : shown_(show()), paper_(shown_.run.setup().config()), doubt_(shown_.run.doubt()) {
    paper_.set("paper.caption", std::string("off"));
    look_.about = std::make_shared<const nlohmann::ordered_json>(run_record(shown_.run, paper_));
    look_.metadata = look_.about->at("state");
  }
  static LoadedSession show() {
    iem::Run run(load_scene("three_blobs"), std::make_shared<ThreadPool>(1));
    run.seek(6);
    return show_session(save_session(run, run.origin().config), "s.iemlab", std::make_shared<ThreadPool>(1));
  }
  void write(const std::string& name) {
    const auto snapshot = take_snapshot(shown_.run);
    const Figure plain = figure_on_paper("loss", *snapshot, paper_, std::make_shared<ArrowScale>());
    write_figure(furnished(plain, paper_), folder_.at(name), look_);
  }

  test::Folder folder_;
  LoadedSession shown_;
  Config paper_;
  std::string doubt_;
  ExportOptions look_;
};

TEST_F(DoubtfulFiles, ArePicturesThatCarryTheDoubtWithTheirRun) {
  ASSERT_FALSE(doubt_.empty());
  for (const char* name : {"a.svg", "a.pdf", "a.png", "a.tex"}) {
    write(name);
    const std::string bytes = folder_.read(name);
    const std::string session = read_state_string(find_state_string(bytes), name);
    EXPECT_EQ(nlohmann::json::parse(session).value("doubt", ""), doubt_) << name;
  }
  EXPECT_NE(folder_.read("a.svg").find(doubt_), std::string::npos) << "its description";
}

TEST_F(DoubtfulFiles, AreTablesWithoutRowsThatNobodyKnows) {
  write("a.csv");
  EXPECT_EQ(folder_.read("a.csv").find("nan"), std::string::npos);
  EXPECT_EQ(folder_.read("a.csv").find(",0,"), std::string::npos) << "nothing is known of step 0";
  const auto about = nlohmann::json::parse(folder_.read("a.csv.json"));
  EXPECT_EQ(about.value("doubt", ""), doubt_);
  EXPECT_EQ(about.value("caption", ""), doubt_) << "where it is off";
}

TEST_F(DoubtfulFiles, AreFilmsEachFrameOfWhichSaysIt) {
  const FilmedPanel panel{.runs = shown_.run, .first = 6, .last = 6};
  const Figure plain = figure_in_film(Filmed(shown_.run), "stage", paper_, panel);
  const FrameContent frame = frame_of(plain, shown_.run, paper_, true);
  EXPECT_TRUE(plain_caption(frame.panels.at(0).figure.caption).ends_with(doubt_));
  EXPECT_EQ(nlohmann::json::parse(read_state_string(frame.state, "")).value("doubt", ""), doubt_);
}

}  // namespace
}  // namespace iem
