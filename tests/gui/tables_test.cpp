// Own data in the window: the tables of real programs, opened as any file is, and what is said of them.
#include <algorithm>
#include <deque>
#include <fstream>

#include "app/gui/look/text.h"
#include "core/labs/kit/lab.h"
#include "tests/gui/app_fixture.h"
#include "tests/gui/fresh_folder.h"
#include "tests/support/tables.h"

namespace iem::gui {
namespace {

class Tables : public AppTest {
 protected:
  const std::deque<std::string>& said() { return app().context().notices().history(); }
  std::string said_last() { return said().empty() ? "" : said().back(); }
};

TEST_F(Tables, RealOnesAreReadRightOrRefusedInOneLine) {
  int read = 0, refused = 0;
  for (const test::RealTable& table : test::real_tables()) {
    const std::uint64_t before = settled()->data().hash;
    if (read % 2 == 0)
      app().open(table.path());
    else
      app().drop({table.path()});
    const auto after = settled();
    settled();
    if (!table.error.empty()) {
      EXPECT_EQ(after->data().hash, before) << table.name;
      EXPECT_TRUE(said_last().ends_with(table.error)) << table.error << "\n" << said_last();
      ++refused;
      continue;
    }
    const Dataset& data = after->data();
    ASSERT_EQ(data.size(), static_cast<Eigen::Index>(table.points.size()))
        << table.name << ": " << said_last();
    EXPECT_EQ(after->setup->scene.title, table.name);
    EXPECT_EQ(after->model().layout().blocks()[0].name, "means");
    ASSERT_TRUE(data.standardised) << table.name;
    for (Eigen::Index i = 0; i < data.size(); ++i) {
      const auto& [x, y] = table.points[static_cast<std::size_t>(i)];
      EXPECT_NEAR(data.points(i, 0) * data.scale[0] + data.shift[0], x, 1e-12) << table.name;
      EXPECT_NEAR(data.points(i, 1) * data.scale[1] + data.shift[1], y, 1e-12) << table.name;
    }
    const bool noted = std::ranges::any_of(said(), [&](const std::string& line) {
      return line.find(table.name + ": ") != std::string::npos && line.find(table.note) != std::string::npos;
    });
    EXPECT_TRUE(noted || table.note.empty()) << table.name << ": " << said_last();
    ++read;
  }
  EXPECT_GE(read, 24);
  EXPECT_GE(refused, 10);
}

TEST_F(Tables, ATableOpensInAnyLabAndIsOneUndoStep) {
  app().open("routing_toy");
  const auto before = settled();
  ASSERT_EQ(before->config().lab(), "attention");
  const auto path = fresh_file("mine.csv");
  std::ofstream(path) << "id,a,b\n1,0,1\n2,1,2\n3,2,4\n4,3,1\n5,4,0\n6,9,9\n7,9,8\n8,8,8\n9,8,9\n";
  app().drop({path.string()});
  const auto after = settled();
  EXPECT_EQ(after->config().lab(), "mixture");
  EXPECT_EQ(after->data().size(), 9);
  EXPECT_EQ(after->setup->scene.title, "mine.csv");
  settled();
  EXPECT_NE(said_last().find("columns a and b of 3 are taken (id counts the rows)"), std::string::npos)
      << said_last();
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z); });
  EXPECT_EQ(settled()->config().lab(), "attention");
  EXPECT_EQ(settled()->state.hash(), before->state.hash());
}

TEST_F(Tables, TheOpenCardStaysOnAnErrorOfATable) {
  const auto folder = fresh_folder("tables_card");
  std::ofstream(folder / "bad.csv") << "a,b\n1,2\n3,four\n";
  const std::uint64_t before = hash();
  run([&](ImGuiTestContext& at) {
    at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_O);
    at.Yield(3);
    at.KeyChars((folder / "bad.csv").string().c_str());
    at.KeyPress(ImGuiKey_Enter);
    at.Yield(2);
    while (app().restless()) at.Yield();
    at.Yield(3);
    const ImGuiWindow* card = ImGui::FindWindowByName("##open.card");
    IM_CHECK(card != nullptr && card->WasActive);
  });
  EXPECT_EQ(hash(), before);
}

TEST_F(Tables, PastedPointsSayWhichColumnsWereTaken) {
  run([](ImGuiTestContext& at) {
    ImGui::SetClipboardText("id\ta\tb\n1\t1,5\t2\n2\t3,5\t4\n3\t0\t9\n4\t7\t1\n");
    at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_V);
    at.Yield(3);
  });
  const auto after = settled();
  ASSERT_EQ(after->data().size(), 4) << said_last();
  EXPECT_EQ(after->data().points(1, 0), 3.5);
  EXPECT_NE(said_last().find("columns a and b of 3 are taken (id counts the rows)"), std::string::npos)
      << said_last();
  EXPECT_NE(said_last().find("4 points for 3 components"), std::string::npos) << said_last();
}

// A name that cannot be read on screen is not shown without a word, and that is said once.
TEST_F(Tables, LettersThatTheFontLacksAreSaidOnce) {
  const auto times_said = [&] { return std::ranges::count(said(), std::string(text::kNoLetters)); };
  const std::filesystem::path folder = fresh_folder("letters");
  const auto open = [&](const std::string& name, const std::string& header) {
    std::ofstream(folder / name) << header << "\n0,1\n2,2\n1,4\n3,1\n";
    app().open((folder / name).string());
    settled();
    settled();
  };
  open("greek.csv", "\u03BC\u03AE\u03BA\u03BF\u03C2,b");
  EXPECT_EQ(times_said(), 0);
  open("far.csv", "\u8EAB\u9AD8 (cm),\u4F53\u91CD (kg)");
  EXPECT_EQ(times_said(), 1);
}

TEST_F(Tables, APointIsCalledByItsClass) {
  const auto folder = fresh_folder("tables_class");
  std::ofstream(folder / "f.csv") << "a,b,species\n1,2,setosa\n3,4,virginica\n5,1,setosa\n";
  std::ofstream(folder / "s.toml")
      << "format = 1\nlab = \"mixture\"\n[data]\npath = \"f.csv\"\nlabel = \"species\"\n"
         "[model]\ncomponents = 1\n[view]\npoints = \"label\"\n";
  app().open((folder / "s.toml").string());
  const auto snapshot = settled();
  ASSERT_EQ(snapshot->data().label_names.size(), 2u);
  settled();  // the window shows it too
  const Inspection words = lab_of(*snapshot->setup).inspect(*snapshot, {ElementId::Kind::point, 1}, 0);
  EXPECT_NE(words.state.find("virginica"), std::string::npos) << words.state;
  int names = 0;
  for (const Mark& mark : app().context().figure("stage").panels[0].marks)
    if (const auto* text = std::get_if<Text>(&mark))
      names += text->text == "setosa" || text->text == "virginica";
  EXPECT_EQ(names, 2);
}

TEST_F(Tables, OtherPointsRenameTheScene) {
  const std::string old = settled()->setup->scene.title;
  app().context().set("data.source", std::string("moons"));
  EXPECT_EQ(settled()->setup->scene.title, "Two moons");
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_Z); });
  EXPECT_EQ(settled()->setup->scene.title, old);
}

}  // namespace
}  // namespace iem::gui
