// A lesson that was open when the window closed goes on where it was; guesses of other attempts are a cloud.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <thread>

#include "app/gui/lessons/kept_lessons.h"
#include "app/gui/look/lesson_text.h"
#include "core/lesson/lessons.h"
#include "core/lesson/read_lesson.h"
#include "tests/gui/app_fixture.h"
#include "tests/gui/drawn_text.h"
#include "tests/gui/fresh_folder.h"
#include "tests/support/refuse_sync.h"

namespace iem::gui {
namespace {

constexpr const char* kAsking = R"(# A number
```iemlab
scene = "three_blobs"
show = ["stage", "step"]
```
? ask = "How large is J after a step?", number = "loss@1"
! Shown.

# A place
```iemlab
scene = "three_blobs"
show = ["stage", "step"]
```
? ask = "Where?", where = "prototype 1"
! There.
)";

class KeptLesson : public AppTest {
 protected:
  KeptLesson() : AppTest("three_blobs"), folder(fresh_folder("lessons")) { keep(); }
  ~KeptLesson() override { frame.app.reset(); }
  void keep() {
    app().keep_sessions(folder.string());
    app().lessons().hasten(1000);
    settled();
  }
  void close_and_open() {
    frame.app.reset();
    frame.app = std::make_unique<App>(driver.window(), open_scene("three_blobs").run);
    keep();
  }
  void begin(const Lesson& lesson) {
    app().open_lesson(lesson);
    settled();
  }
  void act(const char* id) {
    app().actions().run(id);
    settled();
  }
  void guess(double number) {
    Guess guess;
    guess.number = guess.x = guess.y = number;
    app().lessons().set_guess(guess);
    settled();
  }
  std::filesystem::path folder;
};

// It is written between two frames, at every digit.
TEST(KeptLessons, DoNotWaitForTheDisk) {
  const std::string folder = fresh_folder("unsynced_lessons").string();
  const KeptLessons kept(folder);
  bool can_tell = false;
  std::thread([&] {
    can_tell = test::refuse_sync_in_this_thread();
    KeptLessons::Entry entry;
    entry.now.lesson = "asking";
    kept.write(entry);
    kept.set_open("asking");
  }).join();
  if (!can_tell) GTEST_SKIP() << "here no call of the system can be refused";
  EXPECT_TRUE(kept.read("asking").has_value());
  EXPECT_EQ(kept.open(), "asking");
}

TEST_F(KeptLesson, GoesOnAtItsPageWithItsGuesses) {
  const Lesson lesson = read_lesson(kAsking, "asking.md");
  begin(lesson);
  guess(2.5);
  act("lesson.next"), act("lesson.next");
  guess(0.25);
  ASSERT_EQ(app().lessons().index(), 1u);
  close_and_open();
  EXPECT_EQ(app().lessons().left(), "asking");
  begin(lesson);
  EXPECT_EQ(app().lessons().index(), 1u);
  ASSERT_TRUE(app().lessons().guess().has_value());
  EXPECT_EQ(app().lessons().guess()->x, 0.25);
  act("lesson.back");
  ASSERT_TRUE(app().lessons().guess().has_value());
  EXPECT_EQ(app().lessons().guess()->number, 2.5);
  act("lesson.leave");
  close_and_open();
  EXPECT_EQ(app().lessons().left(), "") << "it was left on purpose";
}

TEST_F(KeptLesson, ABuiltInOneIsOfferedAtTheNextStart) {
  begin(*find_lesson("two_arrows"));
  act("lesson.next");
  close_and_open();
  const auto offers = [&] {
    driver.window().render(frame);
    std::string words(text::lesson::kGoOn);
    std::erase(words, ' ');
    const auto all = drawn_words();
    return std::ranges::any_of(
        all, [&](const DrawnText& each) { return each.words.find(words) != std::string::npos; });
  };
  EXPECT_TRUE(offers());
  run([](ImGuiTestContext& at) { at.ItemClick("//##offer/##begin_lesson"); });
  settled();
  ASSERT_TRUE(app().lessons().is_open());
  EXPECT_EQ(app().lessons().lesson().id, "two_arrows");
  EXPECT_FALSE(offers());
}

// Ctrl+PageDown opens another scene, which ends a lesson: not without a word, and not without a way back.
TEST_F(KeptLesson, AnotherSceneLeavesItAndOffersToGoOn) {
  begin(*find_lesson("two_arrows"));
  act("lesson.next");
  const std::size_t page = app().lessons().index();
  run([](ImGuiTestContext& at) { at.KeyPress(ImGuiMod_Ctrl | ImGuiKey_PageDown); });
  settled();
  settled();
  ASSERT_FALSE(app().lessons().is_open());
  const auto& said = app().context().notices().history();
  EXPECT_NE(std::ranges::find(said, text::lesson::kLeft), said.end());
  EXPECT_EQ(app().lessons().left(), "two_arrows");
  run([](ImGuiTestContext& at) { at.ItemClick("//##offer/##begin_lesson"); });
  settled();
  ASSERT_TRUE(app().lessons().is_open());
  EXPECT_EQ(app().lessons().index(), page);
  // On purpose it is left for good.
  act("lesson.leave");
  EXPECT_EQ(app().lessons().left(), "");
}

TEST_F(KeptLesson, FinishedItBeginsAnew) {
  const Lesson lesson = read_lesson(kAsking, "asking.md");
  begin(lesson);
  for (int press = 0; press < 4; ++press) act("lesson.next");
  ASSERT_FALSE(app().lessons().is_open());
  close_and_open();
  begin(lesson);
  EXPECT_EQ(app().lessons().index(), 0u);
}

TEST_F(KeptLesson, GuessesOfOtherAttemptsAreShownAfterTheReveal) {
  const Lesson lesson = read_lesson(kAsking, "asking.md");
  begin(lesson);
  for (const double number : {2.0, 3.0, 4.0}) {
    guess(number);
    EXPECT_TRUE(app().lessons().earlier().empty()) << "they might tell";
    act("lesson.next");
    EXPECT_EQ(app().lessons().earlier().size(), static_cast<std::size_t>(number) - 2);
    app().lessons().go(0);
    settled();
  }
  close_and_open();
  begin(lesson);
  act("lesson.next");
  ASSERT_EQ(app().lessons().earlier().size(), 3u) << "with the guess that was there";
  EXPECT_EQ(app().lessons().earlier().front().number, 2);
  for (int i = 0; i < 40; ++i) app().lessons().go(0), settled(), guess(i), act("lesson.next");
  EXPECT_LE(app().lessons().earlier().size(), 12u);
}

TEST_F(KeptLesson, ADamagedFileIsAsNone) {
  const Lesson lesson = read_lesson(kAsking, "asking.md");
  begin(lesson);
  guess(2.5);
  act("lesson.leave");
  const std::filesystem::path file = folder / "lessons" / "asking.toml";
  ASSERT_TRUE(std::filesystem::exists(file));
  const std::string whole = test::file_text(file.string());
  for (const std::string& text :
       {std::string("\0\xff[[[", 5), std::string("lesson = \"another\"\npage = 1\n"),
        whole.substr(0, whole.size() / 2),
        std::string("lesson = \"asking\"\npage = 900\n[[answer]]\npage = 900\nx = [nan]\n"),
        std::string("lesson = \"asking\"\npage = 1\n[[answer]]\npage = 1\nx = []\ny = []\n"),
        std::string(3 << 20, 'x')}) {
    std::ofstream(file, std::ios::binary) << text;
    close_and_open();
    begin(lesson);
    EXPECT_TRUE(app().lessons().is_open());
    EXPECT_LT(app().lessons().index(), lesson.pages.size());
    act("lesson.leave");
  }
}

TEST(KeptLessons, AnyIdHasAFileWithinTheFolder) {
  const auto folder = fresh_folder("ids");
  const KeptLessons kept(folder.string());
  for (const char* id : {"../../escape", "a b", "ü", "plain_1", "/etc/passwd"}) {
    KeptLessons::Entry entry;
    entry.now.lesson = id, entry.now.page = 3;
    kept.write(entry);
    ASSERT_TRUE(kept.read(id).has_value()) << id;
    EXPECT_EQ(kept.read(id)->now.page, 3);
  }
  std::size_t files = 0;
  for (const auto& each : std::filesystem::directory_iterator(folder / "lessons"))
    files += each.is_regular_file();
  EXPECT_EQ(files, 5u);
  EXPECT_FALSE(KeptLessons().read("plain_1").has_value());
}

}  // namespace
}  // namespace iem::gui
