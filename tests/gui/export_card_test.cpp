// The export card: it shows the page before it is written, takes a caption, and copies the page as a picture.
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "app/gui/cards/export_card.h"
#include "app/gui/cards/kept_furniture.h"
#include "app/gui/look/text.h"
#include "app/gui/platform/settings.h"
#include "core/labs/registry.h"
#include "tests/gui/app_fixture.h"
#include "tests/gui/drawn_text.h"
#include "tests/support/scenes.h"

namespace iem::gui {
namespace {

std::string bytes_of(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// A variable of the environment as long as this lives.
class ScopedVariable {
 public:
  ScopedVariable(const char* name, const std::string& value) : name_(name) {
    if (const char* before = std::getenv(name)) before_ = before, was_set_ = true;
    setenv(name, value.c_str(), 1);
  }
  ~ScopedVariable() { was_set_ ? setenv(name_, before_.c_str(), 1) : unsetenv(name_); }
  ScopedVariable(const ScopedVariable&) = delete;
  ScopedVariable& operator=(const ScopedVariable&) = delete;

 private:
  const char* name_;
  std::string before_;
  bool was_set_ = false;
};

class ExportCardTest : public AppTest {
 protected:
  void SetUp() override {
    run([](ImGuiTestContext& at) { at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_E); });
    settled();
  }
  void type(const std::string& field, const std::string& words) {
    run([&](ImGuiTestContext& at) {
      at.ItemInput(("##export.card/" + field).c_str());
      at.KeyCharsReplace(words.c_str());
      at.KeyPress(ImGuiKey_Enter);
    });
    settled();
  }
  void click(const std::string& item) {
    run([&](ImGuiTestContext& at) { at.ItemClick(("##export.card/" + item).c_str()); });
    settled();
  }
  // From the list that a row opens.
  void choose(const std::string& row, const std::string& what) {
    run([&](ImGuiTestContext& at) {
      at.ItemClick(("##export.card/" + row).c_str());
      at.ItemClick(("//$FOCUSED/" + what + "/##item").c_str());
    });
    settled();
  }
  const paint::Image& preview() { return app().exports().preview().shown(); }
  std::string last_notice() { return app().context().notices().history().back(); }
  // The lightness of the page's upper left corner, 0 to 255.
  int corner() { return preview().rgba.empty() ? -1 : preview().rgba[0]; }
};

// Also that of a lab without a stage.
TEST_F(ExportCardTest, ShowsAPageOfEveryLab) {
  for (const Lab* lab : labs()) {
    const std::vector<std::string> scenes = test::scenes_of_every_kind_of(lab->id());
    ASSERT_FALSE(scenes.empty()) << lab->id();
    app().open(scenes.front());
    settled();
    if (!app().exports().is_open()) app().context().actions->run("figure.export");
    settled();
    EXPECT_FALSE(preview().rgba.empty()) << lab->id();
  }
}

TEST_F(ExportCardTest, ShowsThePageThatWillBeWritten) {
  ASSERT_FALSE(preview().rgba.empty());
  EXPECT_LE(preview().width, 430);
  EXPECT_GT(corner(), 240);
  const std::uint64_t light = preview().key;
  click("##theme/Dark");
  EXPECT_LT(corner(), 40);
  EXPECT_NE(preview().key, light);
  const std::uint64_t before = preview().key;
  app().engine().step(3);
  settled();
  EXPECT_NE(preview().key, before) << "the run has gone on";
  // In the shape of the file.
  ExportOptions options;
  options.dpi = 60;
  const paint::Image page =
      render_figure(app().context().figure(app().context().lab().figures().front().id), options);
  EXPECT_NEAR(static_cast<double>(preview().height) / preview().width,
              static_cast<double>(page.height) / page.width, 0.02);
}

TEST_F(ExportCardTest, WritesTheCaptionThatIsTyped) {
  const auto path = fresh_file("captioned.svg");
  type("##path", path.string());
  const std::uint64_t own = preview().key;
  click("##part/Words and axes");
  type("##paper.caption", "Three clouds, before and after");
  EXPECT_NE(preview().key, own);
  click("##save");
  EXPECT_NE(bytes_of(path).find("<desc>Three clouds, before and after</desc>"), std::string::npos);
}

// What the card says, without its spaces.
bool card_says(std::string_view words) {
  std::string all, wanted(words);
  for (const DrawnText& each : drawn_words()) all += each.words;
  std::erase(wanted, ' ');
  return all.find(wanted) != std::string::npos;
}

TEST_F(ExportCardTest, GivesANameTheExtensionOfItsFormatAndForgetsWhatItSaid) {
  const auto path = fresh_file("plain.svg"), folder = path.parent_path();
  type("##path", folder.string());
  click("##save");
  EXPECT_TRUE(card_says(text::kIsFolder));
  EXPECT_FALSE(card_says(text::kReplaceIt));
  type("##path", (folder / "plain").string());
  EXPECT_FALSE(card_says(text::kIsFolder)) << "that was about another path";
  click("##save");
  EXPECT_EQ(bytes_of(path).find("<svg") == std::string::npos, false);
  EXPECT_FALSE(std::filesystem::exists(folder / "plain"));
  // A question is forgotten with what it was about, and asked again.
  const auto theirs = fresh_file("theirs.svg");
  std::ofstream(theirs) << "mine";
  type("##path", theirs.string());
  click("##save");
  EXPECT_TRUE(card_says(text::kReplaceIt));
  for (int press = 0; press < 2; ++press) run([](auto& at) { at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_E); });
  settled();
  EXPECT_FALSE(card_says(text::kReplaceIt));
  click("##save");
  EXPECT_TRUE(card_says(text::kReplaceIt));
  EXPECT_EQ(bytes_of(theirs), "mine");
  click("##save");
  EXPECT_NE(bytes_of(theirs), "mine");
}

TEST_F(ExportCardTest, AsksBeforeAnotherFigureOrRunReplacesWhatItWrote) {
  const auto path = fresh_file("written.svg");
  type("##path", path.string());
  click("##save");
  const std::string first = bytes_of(path);
  ASSERT_FALSE(first.empty());
  click("##save");
  EXPECT_FALSE(card_says(text::kReplaceIt)) << "the same once more";
  app().open("two_blobs");
  settled(), settled();
  click("##save");
  EXPECT_TRUE(card_says(text::kReplaceIt));
  EXPECT_EQ(bytes_of(path), first);
  click("##save");
  EXPECT_NE(bytes_of(path), first);
  choose("##figure", "Loss");
  const std::string second = bytes_of(path);
  click("##save");
  EXPECT_TRUE(card_says(text::kReplaceIt));
  EXPECT_EQ(bytes_of(path), second);
}

TEST_F(ExportCardTest, SuggestsTheNameOfTheRunThatIsShown) {
  for (const std::string scene : {"three_blobs", "two_blobs"}) {
    app().open(scene);
    settled(), settled();
    EXPECT_EQ(std::filesystem::path(app().exports().path()).filename(), scene + "_stage.svg");
  }
}

TEST_F(ExportCardTest, EscapeClosesItsMenuBeforeTheCard) {
  run([](ImGuiTestContext& at) {
    at.ItemClick("##export.card/##figure");
    at.Yield(2);
    ASSERT_GT(ImGui::GetCurrentContext()->OpenPopupStack.Size, 0);
    at.KeyPress(ImGuiKey_Escape);
    at.Yield(2);
    EXPECT_EQ(ImGui::GetCurrentContext()->OpenPopupStack.Size, 0);
  });
  EXPECT_TRUE(app().exports().is_open());
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiKey_Escape); });
  EXPECT_FALSE(app().exports().is_open());
}

TEST_F(ExportCardTest, FurnishesTheFigureAndRefusesHalfARange) {
  const auto path = fresh_file("furnished.svg");
  type("##path", path.string());
  click("##part/Words and axes");
  type("##paper.letter", "b");
  type("##paper.letter", "a whole sentence");
  type("##paper.letter", "b");
  const std::uint64_t lettered = preview().key;
  type("##paper.x_range", "1");
  EXPECT_EQ(preview().key, lettered) << "half a range is none";
  type("##paper.x_range", "-1, 1");
  EXPECT_NE(preview().key, lettered);
  click("##save");
  EXPECT_NE(bytes_of(path).find("aria-label=\"(b) "), std::string::npos);
  EXPECT_FALSE(app().context().view().config.is_set("paper.letter")) << "of this figure alone";
}

TEST_F(ExportCardTest, PutsTheLinkToTheRunOnThePage) {
  const auto path = fresh_file("linked.svg");
  type("##path", path.string());
  click("##part/Words and axes");
  const std::uint64_t plain = preview().key;
  click("##paper.link.on");
  type("##paper.link", "https://example.org/lab/");
  const std::uint64_t lined = preview().key;
  EXPECT_NE(lined, plain);
  click("##paper.qr");
  EXPECT_NE(preview().key, lined);
  click("##save");
  const std::string svg = bytes_of(path);
  EXPECT_NE(svg.find("<a href=\"https://example.org/lab/#iem1:"), std::string::npos);
  EXPECT_NE(svg.find("<g id=\"code\">"), std::string::npos);
}

TEST(KeptFurniture, HoldsTheLookAndNoWords) {
  const FurnitureByFigure chosen = {{"loss",
                                     {{"paper.type_pt", 9.0},
                                      {"paper.legend", std::string("inside")},
                                      {"paper.caption", std::string("off")},
                                      {"paper.label.x", std::string("years")},
                                      {"paper.link", std::string("https://example.org/")},
                                      {"paper.x_range", Tensor{{2}, {0, 1}}}}},
                                    {"stage", {{"paper.caption", std::string("Of one run.")}}}};
  const std::string text = write_kept_furniture(chosen);
  const FurnitureByFigure back = read_kept_furniture(text + "loss paper.gone=1\nloss paper.type_pt=1e9\nx\n");
  ASSERT_EQ(back.size(), 1u);
  EXPECT_EQ(back.at("loss").size(), 4u);
  EXPECT_EQ(std::get<double>(back.at("loss").at("paper.type_pt")), 9.0);
  EXPECT_EQ(write_kept_furniture(back), text);
}

TEST_F(ExportCardTest, FilmsTheStepsOfTheRun) {
  app().engine().step(6);
  settled();
  const auto path = fresh_file("moving.svg");
  type("##path", path.string());
  click("##part/Film");
  click("##film.format/APNG");
  click("##save");
  const std::string film = bytes_of(path.parent_path() / "moving.apng");
  ASSERT_EQ(film.substr(1, 3), "PNG");
  const std::size_t at = film.find("acTL");
  ASSERT_NE(at, std::string::npos);
  EXPECT_EQ(film[at + 7], 7) << "pictures of the steps 0 to 6";
  EXPECT_EQ(app().engine().snapshot()->state.step, 6) << "the run stays where it is";
  click("##part/Page");
  click("##save");
  EXPECT_TRUE(std::filesystem::exists(path)) << "the page is written as before";
}

// As the export of a compared run shows all of them, so does its film.
TEST_F(ExportCardTest, FilmsTheRunsThatAreCompared) {
  const auto filmed = [&](const std::string& name) {
    const auto path = fresh_file(name + ".apng");
    type("##path", path.string());
    click("##save");
    return bytes_of(path);
  };
  app().engine().step(6);
  settled();
  choose("##figure", "Loss");
  click("##part/Film");
  click("##film.format/APNG");
  const std::string alone = filmed("alone");
  app().engine().add_run(RunSpec{.settings = {{"optimizer.method", std::string("em"), 0}}});
  settled();
  const std::string both = filmed("both");
  ASSERT_EQ(both.substr(1, 3), "PNG");
  EXPECT_NE(alone, both);
  EXPECT_NE(both.find("acTL"), std::string::npos);
  // A name that is none of a film is no reason to end.
  const auto strange = fresh_file("strange.svg");
  type("##path", strange.string());
  click("##save");
  settled();
  EXPECT_FALSE(std::filesystem::exists(strange));
  EXPECT_EQ(filmed("after"), both);
}

TEST_F(ExportCardTest, ShowsThePageInItsTrueSizeAndRemembersIt) {
  ASSERT_FALSE(preview().rgba.empty());
  const int fitted = preview().width;
  EXPECT_LE(fitted, 430);
  click("##true_size");
  EXPECT_EQ(preview().width, static_cast<int>(std::lround(17 / 2.54 * 96))) << "96 dots an inch at scale 1";
  EXPECT_EQ(settings().more["export.true_size"], "on");
  // The whole page can be reached.
  run([](ImGuiTestContext& at) {
    const ImGuiWindow* page = at.WindowInfo("##export.card/##page").Window;
    ASSERT_NE(page, nullptr);
    EXPECT_GT(page->ScrollMax.x, 0);
    EXPECT_GE(page->ContentSize.x, 17 / 2.54 * 96);
  });
  click("##true_size");
  EXPECT_EQ(preview().width, fitted);
  EXPECT_EQ(settings().more["export.true_size"], "");
}

// What is chosen here is meant for this figure.
TEST_F(ExportCardTest, SaysWhatAFigureCannotHave) {
  const auto says_so = [&] {
    std::string all;
    for (const DrawnText& each : drawn_words()) all += each.words;
    return all.find("cannotbelogarithmic") != std::string::npos;
  };
  click("##part/Words and axes");
  EXPECT_FALSE(says_so());
  choose("##paper.log", "y");
  EXPECT_TRUE(says_so());
  choose("##paper.log", "As on screen");
  EXPECT_FALSE(says_so());
}

TEST_F(ExportCardTest, ACancelledFilmLeavesNoFile) {
  app().engine().step(400);
  settled();
  const auto path = fresh_file("long.svg");
  type("##path", path.string());
  click("##part/Film");
  run([](ImGuiTestContext& at) {
    at.ItemClick("##export.card/##save");
    at.Yield(3);
    at.ItemClick("##export.card/##cancel");
  });
  settled();
  EXPECT_EQ(last_notice(), text::kFilmCancelled);
  EXPECT_FALSE(std::filesystem::exists(path.parent_path() / "long.webp"));
}

TEST_F(ExportCardTest, PutsThePictureIntoTheClipboard) {
  const auto path = fresh_file("pasted.svg"), taken = fresh_file("taken.png"), tool = fresh_file("wl-copy");
  std::ofstream(tool) << "#!/bin/sh\n[ \"$2\" = image/png ] && exec /bin/cat >" << taken << "\n";
  std::filesystem::permissions(tool, std::filesystem::perms::owner_all);
  const ScopedVariable programs("PATH", tool.parent_path().string()), display("WAYLAND_DISPLAY", "wayland-0");
  type("##path", path.string());
  click("##copy");
  EXPECT_EQ(last_notice(), text::kPictureCopied);
  EXPECT_EQ(bytes_of(taken).substr(1, 3), "PNG");
  EXPECT_FALSE(std::filesystem::exists(path.parent_path() / "pasted.png")) << "nothing is left behind";
}

TEST_F(ExportCardTest, SavesThePictureWhereTheClipboardTakesNone) {
  const auto path = fresh_file("kept.svg"), there = fresh_file("kept.png");
  std::ofstream(there) << "mine";
  const ScopedVariable programs("PATH", "/nowhere"), display("WAYLAND_DISPLAY", "");
  type("##path", path.string());
  click("##copy");
  EXPECT_EQ(bytes_of(there), "mine") << "what is there stays";
  const std::filesystem::path kept = path.parent_path() / "kept_2.png";
  EXPECT_EQ(bytes_of(kept).substr(1, 3), "PNG");
  EXPECT_NE(last_notice().find(kept.string()), std::string::npos) << last_notice();
  std::filesystem::remove(kept);
}

TEST_F(ExportCardTest, SavesAllFiguresIntoANewFolder) {
  const auto path = fresh_file("all.svg"), folder = path.parent_path() / "three_blobs_figures";
  const auto again = path.parent_path() / "three_blobs_figures_2";
  app().context().set("view.atlas_size", std::int64_t{16});
  app().engine().step(3);
  settled();
  type("##path", path.string());
  click("##all");
  std::size_t files = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    EXPECT_EQ(entry.path().extension(), ".svg");
    EXPECT_NE(bytes_of(entry.path()).find("<metadata id=\"iemlab\">iem1:"), std::string::npos)
        << entry.path();
    ++files;
  }
  EXPECT_GE(files, 10u);
  for (const char* id : {"stage", "loss", "landscape"})
    EXPECT_TRUE(std::filesystem::exists(folder / ("three_blobs_" + std::string(id) + ".svg"))) << id;
  EXPECT_FALSE(std::filesystem::exists(folder / "three_blobs_excess.svg")) << "there is one run";
  EXPECT_NE(last_notice().find(std::to_string(files) + " figures in " + folder.string()), std::string::npos)
      << last_notice();
  click("##all");
  EXPECT_TRUE(std::filesystem::exists(again / "three_blobs_loss.svg")) << "what is there stays";
  std::filesystem::remove_all(folder), std::filesystem::remove_all(again);
}

}  // namespace
}  // namespace iem::gui
