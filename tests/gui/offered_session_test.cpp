// Sessions that a window has kept, as they are offered and opened again.
#include "tests/gui/kept_session.h"

namespace iem::gui {
namespace {

TEST_F(Kept, TheLastSessionIsOfferedAndOneClickContinuesIt) {
  put_session(folder / "a-1.iemlab", 27, std::chrono::hours(1));
  put_session(folder / "b-1.iemlab", 3, std::chrono::hours(60));
  keep();
  ASSERT_TRUE(app().keeper()->offer());
  EXPECT_EQ(app().keeper()->offer()->step, 27);
  EXPECT_EQ(app().keeper()->offer()->title, app().context().snapshot().setup->scene.title);
  run([](ImGuiTestContext& at) { at.ItemClick("##offer/##continue"); });
  settled();
  settled();
  EXPECT_EQ(step(), 27);
  EXPECT_FALSE(app().keeper()->offer());
  close_window();
  EXPECT_EQ(sessions_in(folder).size(), 2U) << "looked at, not changed";
  open_window();
  ASSERT_TRUE(app().keeper()->offer()) << "where the user was last";
  EXPECT_EQ(app().keeper()->offer()->step, 27);
  EXPECT_EQ(app().keeper()->kept().front().step, 27) << "and the key means the same";
}

TEST_F(Kept, AnOlderSessionThatWasOpenedIsTheOneToGoOnWith) {
  put_session(folder / "a-1.iemlab", 27, std::chrono::hours(1));
  put_session(folder / "b-1.seen.iemlab", 3, std::chrono::hours(60));
  keep();
  app().open((folder / "b-1.seen.iemlab").string());
  settled();
  settled();
  EXPECT_EQ(step(), 3);
  EXPECT_EQ(app().keeper()->kept().front().step, 3);
  close_window();
  open_window();
  ASSERT_TRUE(app().keeper()->offer());
  EXPECT_EQ(app().keeper()->offer()->step, 3);
  continue_by_key();
  EXPECT_EQ(step(), 3);
}

TEST_F(Kept, TheRunThatWasLookedAtLastIsTheOneToGoOnWith) {
  keep();
  app().engine().step(5);
  quiet(60);
  app().open("routing_toy");
  settled();
  settled();
  app().engine().step(3);
  quiet(60);
  app().engine().show_lab("mixture");
  quiet(60);
  ASSERT_EQ(step(), 5);
  close_window();
  ASSERT_EQ(sessions_in(folder).size(), 2U);
  open_window();
  ASSERT_TRUE(app().keeper()->offer());
  EXPECT_EQ(app().keeper()->offer()->step, 5) << "not the one that was changed last";
}

TEST_F(Kept, TheSessionThatACrashHasLeftIsOfferedBeforeALaterOne) {
  put_session(folder / "a-1.iemlab", 27, std::chrono::hours(1));
  put_session(folder / "b-1.iemlab", 3, std::chrono::seconds(0));
  std::ofstream(folder / "window-a.lock") << "";
  keep();
  ASSERT_TRUE(app().keeper()->offer());
  EXPECT_EQ(app().keeper()->offer()->step, 27);
  EXPECT_TRUE(app().keeper()->offer()->crashed);
  continue_by_key();
  EXPECT_EQ(step(), 27) << "the key continues what the bar names";
  close_window();
  open_window();
  EXPECT_FALSE(app().keeper()->offer().value().crashed) << "said once";
}

TEST_F(Kept, ADismissedOfferStaysDismissedAndTheSessionStays) {
  put_session(folder / "a-1.iemlab", 27, std::chrono::hours(1));
  keep();
  run([](ImGuiTestContext& at) { at.ItemClick("##offer/##dismiss"); });
  EXPECT_FALSE(app().keeper()->offer());
  close_window();
  open_window();
  EXPECT_FALSE(app().keeper()->offer());
  ASSERT_EQ(app().keeper()->kept().size(), 1U);
  continue_by_key();
  EXPECT_EQ(step(), 27);
}

TEST_F(Kept, TheListUnderOpenContinuesAny) {
  put_session(folder / "a-1.iemlab", 27, std::chrono::hours(1));
  put_session(folder / "b-1.iemlab", 8, std::chrono::hours(60));
  keep();
  std::string item = "//$FOCUSED/";
  for (const char c : (folder / "b-1.iemlab").string()) item += c == '/' ? "\\/" : std::string(1, c);
  item += "/" + app().keeper()->kept()[1].title + "/##item";
  run([&](ImGuiTestContext& at) {
    at.ItemClick("##top/##open");
    at.Yield(3);
    at.ItemClick(item.c_str());
  });
  settled();
  settled();
  EXPECT_EQ(step(), 8);
}

}  // namespace
}  // namespace iem::gui
