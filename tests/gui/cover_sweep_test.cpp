// Whatever a page covers, nothing else in the window tells it: every kind of cover on every page with a
// question of the built-in lessons, with the pointer resting where words would appear.
#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

#include "app/gui/look/lesson_text.h"
#include "app/gui/look/math_text.h"
#include "app/gui/widgets/widgets.h"
#include "core/base/number.h"
#include "core/lesson/covers.h"
#include "core/lesson/lessons.h"
#include "tests/gui/app_fixture.h"
#include "tests/gui/drawn_text.h"
#include "tests/support/scenes.h"

namespace iem::gui {
namespace {

using Covered = WindowElement::Kind;

std::string without_blanks(std::string words) {
  std::erase(words, ' ');
  return words;
}

class CoverSweep : public AppTest, public testing::WithParamInterface<std::string> {
 protected:
  CoverSweep() {
    ImGuiContextHook hook;
    hook.Type = ImGuiContextHookType_RenderPost;
    hook.UserData = this;
    hook.Callback = [](ImGuiContext*, ImGuiContextHook* self) {
      static_cast<CoverSweep*>(self->UserData)->read_frame();
    };
    hook_ = ImGui::AddContextHook(ImGui::GetCurrentContext(), &hook);
  }
  ~CoverSweep() override { ImGui::RemoveContextHook(ImGui::GetCurrentContext(), hook_); }

  const Snapshot& now() { return app().context().snapshot(); }

  // What is written outside of the lesson's own words, in a frame that is drawn for it.
  std::vector<DrawnText> written() {
    reads_ = true;
    driver.window().render(frame);
    return std::move(words_);
  }
  // The steps of a run stand between two frames, when what was drawn is no more.
  void read_frame() {
    if (!std::exchange(reads_, false)) return;
    words_ = drawn_words();
    std::erase_if(words_, [](const DrawnText& each) {
      return each.window.find("###controls") != std::string::npos ||
             each.window.find("lesson_page") != std::string::npos;
    });
  }
  // The window that says one of these; empty: none.
  std::string tells(const std::vector<DrawnText>& all, const std::set<std::string>& secrets) {
    for (const DrawnText& each : all)
      for (const std::string& secret : secrets)
        if (each.words.find(secret) != std::string::npos) return each.window + " says " + each.words;
    return {};
  }
  std::set<std::string> loss_written() {
    if (!now().evaluation.has_loss) return {};
    return {without_blanks(loss_number(now().evaluation.loss))};
  }
  std::set<std::string> shares_written() {
    std::set<std::string> out;
    for (const double share : app().context().responsibilities())
      if (share > 0.002 && share < 0.998) out.insert(without_blanks(shown_number(share)));
    // Four digits only: 0.5 may stand anywhere.
    std::erase_if(out, [](const std::string& each) { return each.size() < 6; });
    return out;
  }
  void cover(const Arrangement& page, const std::vector<WindowElement>& elements) {
    Arrangement out = page;
    out.cover = elements;
    out.covered = all_covered(elements, now());
    app().context().reduce(Reduced(out, true));
    settled();
  }
  // Over the stage's marks, the titles, the phases, the meter.
  std::vector<ImVec2> places() {
    std::vector<ImVec2> out;
    for (const ImGuiWindow* window : ImGui::GetCurrentContext()->Windows) {
      if (!window->WasActive || window->Hidden) continue;
      const std::string name = window->Name;
      const ImVec2 at = window->Pos, size = window->Size;
      if (name == "##phases")
        for (const float share : {0.1F, 0.3F, 0.45F, 0.6F}) out.push_back({at.x + share * size.x, at.y + 32});
      if (name == "##transport") out.push_back({at.x + size.x - 60, at.y + 26});
      const bool cell =
          name.find("###") != std::string::npos && at.x > 700 && name.find('/') == std::string::npos;
      if (!cell) continue;
      out.push_back({at.x + 40, at.y + 22});
      out.push_back({at.x + 0.5F * size.x, at.y + 0.5F * size.y});
    }
    if (app().context().lab().figure_for(FigureUse::stage) != nullptr && app().stage().shown()) {
      const Panel& panel = app().context().stage().panels.front();
      for (const Mark& mark : panel.marks) {
        if (const auto* ring = std::get_if<RingMark>(&mark)) out.push_back(on_stage(ring->x, ring->y));
        if (const auto* marker = std::get_if<Marker>(&mark); marker != nullptr && out.size() < 14)
          out.push_back(on_stage(marker->x, marker->y));
      }
    }
    return out;
  }
  // All in one run: the test engine draws six frames around each.
  void rest_everywhere(const std::string& what, const std::function<std::set<std::string>()>& secrets) {
    const std::vector<ImVec2> all = places();
    run([&](ImGuiTestContext& at) {
      for (const ImVec2& place : all) {
        at.MouseTeleportToPos(place);
        at.SleepNoSkip(0.8F, 0.1F);
        reads_ = true;
        at.Yield();
        EXPECT_EQ(tells(words_, secrets()), "") << what << ", pointer at " << place.x << ", " << place.y;
      }
      at.MouseTeleportToPos({4, 400});
    });
    settled();
  }
  std::string words_in(const char* window) {
    std::string out;
    for (const DrawnText& each : written())
      if (each.window == window) out += each.words + " ";
    return out;
  }
  // The narrow panels, which have no room for words on their cover; here on every page, whatever it shows.
  void panels_say_nothing(Arrangement page, const std::string& name) {
    for (const char* panel : {"strip", "meter", "step"})
      if (!page.shows_all && !has_element(page.show, Covered::panel, panel))
        page.show.push_back({Covered::panel, panel, {}});
    page.has_all_controls = false;
    page.controls = {{Covered::key, "optimizer.learning_rate", {}}};
    const auto phases = std::vector(app().context().phases());
    const std::string identity =
        now().exact.empty() ? without_blanks(tiny_number(now().identity.largest_difference)) : std::string();
    if (app().context().lab().derivation() == nullptr && !phases.empty()) {
      cover(page, {{Covered::panel, "strip", {}}});
      EXPECT_EQ(words_in("##phases"), without_blanks(std::string(text::lesson::kHidden)) + " ") << name;
      for (const Phase& phase : phases) {
        if (phase.values.empty() || phase.values.size() > 3 || phase.is_vector) continue;
        cover(page, {{Covered::number, phase.id, {}}});
        std::set<std::string> values;
        for (const double value : phase.values)
          if (std::isfinite(value)) values.insert(without_blanks(shown_number(value)));
        // Other phases may have the same numbers, such as minus the shares.
        for (const Phase& other : phases)
          if (other.id != phase.id)
            for (const double value : other.values) {
              values.erase(without_blanks(shown_number(value)));
              values.erase(without_blanks(shown_number(-value)));
            }
        std::erase_if(values, [](const std::string& each) { return each.size() < 5; });
        const std::string words = words_in("##phases");
        for (const std::string& value : values)
          EXPECT_EQ(words.find(value), std::string::npos) << name << phase.id << " " << value;
      }
    }
    cover(page, {{Covered::panel, "meter", {}}});
    if (!identity.empty() && identity.size() > 5)
      EXPECT_EQ(words_in("##transport").find(identity), std::string::npos) << name << "meter";
    cover(page, {{Covered::panel, "step", {}}});
    EXPECT_EQ(words_in("##transport").find("step"), std::string::npos) << name << "step";
  }
  bool is_hatched() {
    const std::string words = without_blanks(std::string(text::lesson::kHidden));
    return std::ranges::any_of(
        written(), [&](const DrawnText& each) { return each.words.find(words) != std::string::npos; });
  }

 private:
  ImGuiID hook_ = 0;
  bool reads_ = false;  // the next frame
  std::vector<DrawnText> words_;
};

INSTANTIATE_TEST_SUITE_P(BuiltIn, CoverSweep, testing::ValuesIn(test::lesson_ids()),
                         [](const auto& row) { return row.param; });

TEST_P(CoverSweep, NothingTellsWhatIsCovered) {
  const Lesson& lesson = *find_lesson(GetParam());
  app().lessons().hasten(1000);
  app().open_lesson(lesson);
  const auto pool = std::make_shared<ThreadPool>(1);
  int read = 0;
  for_each_page(lesson, pool, {}, [&](const PageState& state) {
    if (!lesson.pages[state.page].question) return;
    app().lessons().go(state.page);
    ASSERT_TRUE(drawn_until([&] { return app().lessons().asks() && !app().lessons().working(); }));
    settled();
    const Arrangement& page = state.arrangement;
    const std::string name = lesson.pages[state.page].heading + ": ";
    app().context().reduce(Reduced(page, false));
    settled();
    read += tells(written(), loss_written()).empty() ? 0 : 1;
    read += tells(written(), shares_written()).empty() ? 0 : 1;
    // J and the shares of the point, under each of their names.
    for (const char* word : {"loss", "loss_value", "formula J"}) {
      cover(page, {element_named(word, NamedIn::cover, now())});
      EXPECT_EQ(tells(written(), loss_written()), "") << name << word;
    }
    rest_everywhere(name + "loss", [&] { return loss_written(); });
    for (const char* word : {"shares", "responsibilities"}) {
      WindowElement element{Covered::part, "shares", {}};
      try {
        element = element_named(word, NamedIn::cover, now());
      } catch (const InputError&) {  // a lab without a number of this name
      }
      cover(page, {element});
      EXPECT_EQ(tells(written(), shares_written()), "") << name << word;
    }
    rest_everywhere(name + "shares", [&] { return shares_written(); });
    // Panels and figures are hatched where they are shown.
    for (const WindowPart& panel : panels_of_window()) {
      const bool shown = panel.id != "controls" && panel.id != "meter" && panel.id != "strip" &&
                         (page.shows_all || has_element(page.show, Covered::panel, panel.id));
      if (!shown || app().context().lab().derivation() != nullptr) continue;
      cover(page, {{Covered::panel, std::string(panel.id), {}}});
      EXPECT_TRUE(is_hatched()) << name << panel.id;
    }
    panels_say_nothing(page, name);
    for (const WindowElement& figure : page.show) {
      if (figure.kind != Covered::figure) continue;
      // Where a curve is sketched stand the empty axes.
      if (figure.name == lesson.pages[state.page].question->subject.name) continue;
      cover(page, {figure});
      EXPECT_TRUE(is_hatched()) << name << figure.name;
    }
    EXPECT_NE(app().actions().disabled("view.inspector"), "");
    EXPECT_NE(app().actions().disabled("session.copy"), "");
    EXPECT_NE(app().actions().disabled("transport.forward"), "");
  });
  RecordProperty("read", read);
}

}  // namespace
}  // namespace iem::gui
