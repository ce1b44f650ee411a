#include "app/gui/present/presenter.h"

#include <utility>

#include "app/gui/context/actions.h"
#include "app/gui/context/look_for.h"
#include "app/gui/gl/imgui_canvas.h"
#include "app/gui/look/lesson_text.h"
#include "app/gui/look/present_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"

namespace iem::gui {
namespace {

constexpr double kPanelType = 0.72;  // of the notes in the window itself: the class reads around them

}  // namespace

void Presenter::begin(PanelContext& context) {
  if (std::exchange(on_, true)) return;
  context.presenting = true;
  began_s_ = ImGui::GetTime();
}

void Presenter::end(PanelContext& context) {
  if (!std::exchange(on_, false)) return;
  context.presenting = false;
  context.strokes.wipe();
  tools_.lay_down();
  notes_window_.reset();
}

int Presenter::minutes() const { return static_cast<int>((ImGui::GetTime() - began_s_) / 60); }

bool Presenter::is_new_minute() const {
  return on_ && (notes_panel_ || notes_window_) &&
         !notes_.elapsed.starts_with(std::to_string(minutes()) + " ");
}

void Presenter::follow(PanelContext& context, const LessonPlayer& lessons) {
  if (!on_) return;
  const void* page = lessons.is_open() ? static_cast<const void*>(&lessons.page()) : nullptr;
  if (std::exchange(page_, page) != page) context.strokes.wipe();
  if (!notes_panel_ && !notes_window_) return;
  Notes now = notes_of(context, lessons);
  if (!(now == notes_) || shown_theme_ != theme().id) notes_shown_ = false;
  notes_ = std::move(now), shown_theme_ = theme().id;
  if (!notes_window_) return;
  if (!notes_window_->is_open()) return notes_window_.reset();
  answer_keys(context);
  if (!notes_window_) return;
  if (!notes_shown_)
    notes_window_->set_title(word(text::present::kNotesWindow) +
                             (notes_.where.empty() ? "" : ", " + notes_.where));
  if (notes_window_->take_stale() || !notes_shown_)
    notes_window_->show(notes_picture(notes_, notes_window_->width(), notes_window_->height(),
                                      notes_window_->density(), theme()));
  notes_shown_ = true;
}

// --- notes ---

void Presenter::show_notes_in(std::unique_ptr<SecondWindow> window) {
  notes_window_ = std::move(window);
  notes_shown_ = false;
}

// A clicker's keys go to whichever window has the focus.
void Presenter::answer_keys(PanelContext& context) {
  for (const ImGuiKey key : notes_window_->take_keys()) {
    const Actions& actions = *context.actions;
    switch (key) {
      case ImGuiKey_PageDown: actions.run("lesson.next"); break;
      case ImGuiKey_PageUp: actions.run("lesson.back"); break;
      case ImGuiKey_Space: actions.run("transport.play"); break;
      case ImGuiKey_RightArrow: actions.run("transport.forward"); break;
      case ImGuiKey_LeftArrow: actions.run("transport.back"); break;
      case ImGuiKey_Escape: notes_window_.reset(); return;
      default: break;
    }
  }
}

Notes Presenter::notes_of(const PanelContext& context, const LessonPlayer& lessons) const {
  Notes out;
  const std::string_view unit = minutes() == 1 ? text::present::kMinute : text::present::kMinutes;
  out.elapsed = std::to_string(minutes()) + " " + std::string(unit);
  if (!lessons.is_open()) {
    const Scene& scene = context.snapshot().setup->scene;
    out.title = scene.title, out.heading = scene.title;
    out.markdown = scene.description;
    out.body = context.look_for->of_window(context);
    return out;
  }
  const Lesson& lesson = lessons.lesson();
  if (lesson.minutes > 0)
    out.elapsed = std::to_string(minutes()) + " " + word(text::kOf) + " " + std::to_string(lesson.minutes) +
                  " " + word(text::present::kMinutes);
  out.title = lesson.title;
  out.where = page_words(lessons);
  out.heading = lessons.page().heading;
  out.markdown = lessons.notes_words().empty() ? word(text::present::kNoNotes) : lessons.notes_words();
  out.body = lessons.body();
  if (lessons.page().question && !lessons.asks()) out.body += "\n\n" + lessons.reveal_words();
  const std::size_t next = lessons.index() + 1;
  out.next = lessons.asks()               ? word(text::present::kThenReveal)
             : next < lesson.pages.size() ? word(text::present::kNext) + ": " + lesson.pages[next].heading
                                          : word(text::present::kThenEnd);
  return out;
}

void Presenter::draw_notes_panel() const {
  const ImVec2 min = ImGui::GetWindowPos(), size = ImGui::GetWindowSize();
  ImGuiCanvas canvas(ImGui::GetWindowDrawList(), min);
  draw_notes(notes_, size.x / scale(), size.y / scale(), kPanelType, theme(), canvas);
}

}  // namespace iem::gui
