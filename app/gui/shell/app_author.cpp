// Lessons that are opened from files and written from the window.
#include <filesystem>

#include "app/gui/controls/recent_menu.h"
#include "app/gui/look/lesson_text.h"
#include "app/gui/look/link_text.h"
#include "app/gui/look/text.h"
#include "app/gui/platform/file_dialog.h"
#include "app/gui/shell/app.h"
#include "core/base/error.h"
#include "core/lesson/read_lesson.h"

namespace iem::gui {
namespace {

namespace fs = std::filesystem;

// In the folder of the lesson that is open, else in the working folder.
std::string suggested_lesson(const std::string& name, const LessonFile* open) {
  std::error_code gone;
  const fs::path folder = open != nullptr ? fs::path(open->path()).parent_path() : fs::current_path(gone);
  return (folder / name).string();
}

}  // namespace

void App::open_lesson(const Lesson& lesson, std::optional<std::size_t> page) {
  author_.leave();
  lessons_.begin(lesson, page);
}

std::string App::open_lesson_at(const LessonAddress& address) {
  if (address.lesson == nullptr) return word(text::kNoSuchLesson);
  open_lesson(*address.lesson, address.page);
  return {};
}

std::string App::open_lesson_file(const std::string& path, std::optional<std::size_t> page) {
  try {
    LessonFile file(path);
    lessons_.begin(read_lesson(file.text(), path), page);
    author_.attach(std::move(file));
    std::error_code no_working_folder;
    remember_scene(fs::absolute(path, no_working_folder).string());
  } catch (const InputError& error) {
    return error.what();
  }
  return {};
}

// What a path for a lesson is asked for: a copy of the lesson that is open, or the run on screen.
std::string App::subject_of_lesson() const {
  if (!copies_lesson_) return std::to_string(context_.opened());
  return lessons_.is_open() ? lessons_.lesson().file : std::string();
}

void App::ask_lesson_path(bool is_copy) {
  if (FileDialog::available() && !dialog_is_free(context_.notices())) return;
  copies_lesson_ = is_copy;
  lesson_of_ = subject_of_lesson();
  const std::string path =
      suggested_lesson(is_copy ? lessons_.lesson().id + ".md" : word(text::author::kFile), author_.file());
  if (FileDialog::available())
    file_dialog().ask_save("lesson.save", path);
  else
    save_lesson_.open(path);
}

void App::write_lesson(const std::string& path) {
  if (copies_lesson_)
    author_.copy(path);
  else
    author_.create(path);
}

// The dialog has asked about that very name; with the extension it may mean another file.
void App::collect_author() {
  const bool is_shown = lesson_of_ == subject_of_lesson() && !lesson_of_.empty();
  if (!is_shown) save_lesson_.close();
  if (const std::string path = file_dialog().take("lesson.save"); !path.empty()) {
    const std::string file = lesson_file_name(path);
    std::error_code unknown;
    if (!is_shown)
      context_.notices().say(word(text::kSavedNothing), Notices::Tone::warn);
    else if (file != path && fs::exists(file, unknown))
      save_lesson_.open(file);
    else
      write_lesson(file);
  }
  if (const std::string path = save_lesson_.take(); !path.empty()) {
    save_lesson_.answer({});  // notices say how that ends
    write_lesson(path);
  }
  author_.follow();
  const std::string made = author_.take_made();
  if (made.empty()) return;
  const auto page = copies_lesson_ && lessons_.is_open() ? lessons_.index() : 0;
  const std::string error = open_lesson_file(made, page);
  context_.notices().say(error.empty() ? word(text::kSaved) + " " + made : error,
                         error.empty() ? Notices::Tone::good : Notices::Tone::warn);
}

void App::add_author_actions() {
  const auto why_not = [this] { return author_.why_not(); };
  const auto unless = [this](std::string_view reason, auto is_so) {
    return [this, reason, is_so] {
      if (std::string why = author_.why_not(); !why.empty()) return why;
      return reason_if(is_so(), reason);
    };
  };
  const auto add = [this](const char* id, std::string_view label, std::function<void()> run,
                          std::function<std::string()> disabled, std::vector<ImGuiKeyChord> chords = {},
                          bool off_while_presenting = false) {
    actions_.add({.id = id,
                  .label = word(label),
                  .chords = std::move(chords),
                  .off_while_presenting = off_while_presenting,
                  .run = std::move(run),
                  .disabled = std::move(disabled)});
  };
  add("lesson.add_moment", text::action::kAddMoment, [this] { author_.add_moment(); }, why_not,
      {ImGuiMod_Ctrl | ImGuiKey_M});
  add(
      "lesson.update_moment", text::action::kUpdateMoment, [this] { author_.update_moment(); }, why_not, {},
      true);
  add(
      "lesson.move_page_up", text::action::kPageUp, [this] { author_.move_page(-1); },
      unless(text::author::kFirst, [this] { return lessons_.index() == 0; }), {}, true);
  add(
      "lesson.move_page_down", text::action::kPageDown, [this] { author_.move_page(1); },
      unless(text::author::kLast, [this] { return lessons_.index() + 1 == lessons_.lesson().pages.size(); }),
      {}, true);
  add(
      "lesson.remove_page", text::action::kRemovePage, [this] { author_.remove_page(); },
      unless(text::author::kOnly, [this] { return lessons_.lesson().pages.size() == 1; }), {}, true);
  add(
      "lesson.undo_page", text::action::kUndoPage, [this] { author_.undo(); },
      [this] { return author_.why_no_undo(); });
  add(
      "lesson.save_copy", text::action::kLessonCopy, [this] { ask_lesson_path(true); },
      [this] { return author_.why_no_copy(); });
  add(
      "lesson.new", text::action::kLessonNew, [this] { ask_lesson_path(false); },
      [this] { return reason_if(author_.working(), text::author::kBusy); });
  add(
      "lesson.open_file", text::action::kLessonFile, [this] { actions_.run("scene.open"); },
      [this] { return actions_.disabled("scene.open"); }, {}, true);
}

}  // namespace iem::gui
