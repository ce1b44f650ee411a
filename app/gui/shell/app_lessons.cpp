// Lessons in the window: their actions, what they lock and cover, and what they leave of the window.
#include <algorithm>
#include <array>
#include <string_view>

#include "app/gui/look/lesson_text.h"
#include "app/gui/look/text.h"
#include "app/gui/platform/settings.h"
#include "app/gui/shell/app.h"
#include "core/lesson/lessons.h"

namespace iem::gui {
namespace {

// What a lock leaves: the lesson itself, the window, what one reads.
constexpr std::array<std::string_view, 7> kNeverLocked = {"lesson.",  "window.", "layout.", "help.",
                                                          "palette.", "view.",   "figure."};
// Other runs show what is covered; other actions say it of themselves.
constexpr std::array<std::string_view, 2> kTells = {"run.", "lab."};

bool begins_with_one_of(std::string_view id, std::span<const std::string_view> list) {
  return std::ranges::any_of(list, [&](std::string_view each) { return id.starts_with(each); });
}

}  // namespace

// Why a page of a lesson, or a scene, does not let an action run.
std::string App::barred_by_lesson(const Action& action) const {
  const Reduced& reduced = context_.reduced();
  const bool tells = action.tells || begins_with_one_of(action.id, kTells);
  if (reduced.covers_anything() && tells) return word(text::lesson::kCovered);
  // To step is to look at the answer, whether or not anything is covered.
  if (reduced.asks() && action.id.starts_with("transport.")) return word(text::lesson::kCovered);
  if (!reduced.locked() || begins_with_one_of(action.id, kNeverLocked)) return {};
  // To begin another run is more than to step.
  if (action.id.starts_with("transport.") && reduced.steps() && !action.begins_run) return {};
  return word(text::lesson::kLocked);
}

void App::add_lesson_actions() {
  const auto without = [this] { return reason_if(!lessons_.is_open(), text::lesson::kNoLesson); };
  actions_.add({.id = "lesson.list",
                .label = word(text::action::kLessons),
                .chords = {ImGuiMod_Ctrl | ImGuiKey_L},
                .run = [this] { lessons_card_.toggle(); }});
  for (const Lesson& lesson : iem::lessons())
    actions_.add({.id = "lesson.open." + lesson.id,
                  .label = word(text::lesson::kLesson) + ": " + lesson.title,
                  .run = [this, &lesson] { open_lesson(lesson); }});
  actions_.add({.id = "lesson.next",
                .label = word(text::action::kLessonNext),
                .chords = {ImGuiKey_PageDown},
                .anywhere = true,
                .run =
                    [this] {
                      if (lessons_.has_next())
                        lessons_.next(context_);
                      else
                        lessons_.finish(context_);
                    },
                .disabled = without});
  actions_.add({.id = "lesson.back",
                .label = word(text::action::kLessonBack),
                .chords = {ImGuiKey_PageUp},
                .anywhere = true,
                .run = [this] { lessons_.back(); },
                .disabled =
                    [this, without] {
                      if (std::string why = without(); !why.empty()) return why;
                      return reason_if(lessons_.index() == 0, text::lesson::kFirstPage);
                    }});
  actions_.add({.id = "lesson.leave",
                .label = word(text::action::kLessonLeave),
                .chords = {ImGuiKey_Escape},
                .run = [this] { presenter_.on() ? present() : lessons_.leave(context_); },
                .disabled = [this, without] { return presenter_.on() ? std::string() : without(); }});
}

// The page's windows; where only some figures are there, as many cells as those need.
const PageWindows& App::choose_windows() {
  const PageWindows& all = pages_.of(context_.lab()).windows();
  if (presenter_.on()) return choose_presented(all);
  const Reduced& reduced = context_.reduced();
  if (!lessons_.is_open() && reduced.shows_all()) return all;
  const std::size_t cells =
      reduced.shows_all() ? all.column.size() : std::min(all.column.size(), reduced.figures().size());
  const bool left = lessons_.is_open() || reduced.shows_panel("controls");
  reduced_id_ = std::string(all.id) +
                (lessons_.is_open() ? ".lesson"
                 : left             ? ".some"
                                    : ".stage") +
                std::to_string(cells);
  reduced_windows_ = all;
  reduced_windows_.id = reduced_id_.c_str();
  reduced_windows_.column.resize(cells);
  reduced_windows_.left = left;
  if (!lessons_.is_open()) return reduced_windows_;
  const std::string_view controls = all.controls;
  lesson_window_ = word(text::lesson::kLesson) + std::string(controls.substr(controls.find("###")));
  reduced_windows_.controls = lesson_window_.c_str();
  reduced_windows_.left_width = kReaderWidth;
  return reduced_windows_;
}

// Arranges the view for what has been opened: the figures that are there stand in the column, in their order.
void App::collect_lesson() {
  if (const std::string id = lessons_card_.take(); !id.empty())
    if (const Lesson* lesson = find_lesson(id)) open_lesson(*lesson);
  if (reader_.take_leaving()) lessons_.leave(context_);
  lessons_.follow(context_);
  if (arranged_ == context_.opened()) return;
  arranged_ = context_.opened();
  if (!lessons_.is_open()) context_.reduce(Reduced(arrangement_of(context_.snapshot()), false));
  if (context_.reduced().shows_all()) return;
  const Config& view = context_.view().config;
  const std::vector<std::string> figures = context_.reduced().figures();
  if (view.table().find("view.plots") == nullptr || figures.empty()) return;
  const std::vector<std::string> plots = view.list("view.plots");
  std::vector<std::string> shown = figures;  // no figure twice
  for (const std::string& each : plots)
    if (std::ranges::find(shown, each) == shown.end()) shown.push_back(each);
  shown.resize(std::min(shown.size(), plots.size()));
  context_.set("view.plots", shown);
}

// The lesson that was open when the program closed comes before the session that was.
const Lesson* App::left_lesson() const {
  return lessons_.is_open() || context_.view().only_stage ? nullptr : find_lesson(lessons_.left());
}

bool App::offers_lesson() {
  if (left_lesson() != nullptr) return true;
  return keeper_ != nullptr && !offer().has_value() && !lessons_.is_open() &&
         settings().more["lesson.offered"] != "1" && find_lesson(kFirstLesson) != nullptr;
}

}  // namespace iem::gui
