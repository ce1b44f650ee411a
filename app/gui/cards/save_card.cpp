#include "app/gui/cards/save_card.h"

#include <filesystem>
#include <utility>

#include "app/gui/look/lesson_text.h"
#include "app/gui/look/style.h"
#include "app/gui/look/text.h"
#include "app/gui/platform/home_folder.h"
#include "app/gui/sessions/session_writer.h"
#include "app/gui/widgets/card.h"
#include "app/gui/widgets/widgets.h"

namespace iem::gui {

namespace fs = std::filesystem;

std::string suggested_session(const std::string& scene, const std::string& last) {
  const fs::path folder = last.empty() ? fs::path(home_folder()) : fs::path(last).parent_path();
  return (folder / session_file(scene.empty() ? std::string(text::kSessionFile) : scene + ".iemlab"))
      .string();
}

SaveCardWords save_session_words() { return {"##save.card", text::kSaveTitle, text::kSaveHint, ".iemlab"}; }

SaveCardWords save_lesson_words() {
  return {"##save.lesson.card", text::author::kSaveTitle, text::author::kSaveHint, ".md"};
}

void SaveCard::open(std::string path) {
  open_ = focus_ = true;
  path_ = std::move(path);
  asked_.clear(), waits_.clear();
  failed_.clear(), error_.clear();
}

void SaveCard::answer(const std::string& error) {
  open_ = focus_ = !error.empty();
  failed_ = std::exchange(waits_, {});
  error_ = error;
}

void SaveCard::draw() {
  if (!begin_path_card(words_.id, open_)) return;
  card_head(words_.title);
  note(words_.hint);
  gap(6);
  const bool entered = path_line(path_, focus_);
  const std::string file =
      fs::path(path_).extension().empty() ? path_ + std::string(words_.extension) : path_;
  const bool replaces = !path_.empty() && asked_ == file;
  if (replaces) {
    gap(8);
    paragraph(text::kReplaceIt, theme().warn);
  }
  if (!error_.empty() && failed_ == file) {
    gap(8);
    paragraph(error_, theme().bad);
  }
  gap(10);
  const std::string_view word = replaces ? text::kReplace : text::kSave;
  const float width = measure_text(word, type::kBody, Face::bold).width + px(32);
  ImGui::SetCursorPosX(ImGui::GetCursorPosX() + row_width() - width);
  const std::string_view busy = waits_.empty() ? std::string_view() : text::kSaving;
  const bool pressed = text_button({.id = "##save", .disabled = busy}, word, true);
  if ((entered || pressed) && !path_.empty() && waits_.empty()) {
    std::error_code unknown;
    if (!replaces && fs::exists(file, unknown)) {  // only now: a folder of another machine may be slow
      asked_ = file;
      focus_ = true;
    } else {
      chosen_ = waits_ = file;
      error_.clear();
    }
  }
  end_card();
}

}  // namespace iem::gui
