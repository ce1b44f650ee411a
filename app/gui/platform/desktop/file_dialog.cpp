#include "app/gui/platform/file_dialog.h"

#include <utility>
#include <vector>

#include "portable_file_dialogs.h"

namespace iem::gui {

struct FileDialog::Native {
  std::unique_ptr<pfd::open_file> opening;
  std::unique_ptr<pfd::save_file> saving;
};

FileDialog::FileDialog() = default;

// The library would wait for the user to answer.
FileDialog::~FileDialog() {
  if (open_ && open_->opening) open_->opening->kill();
  if (open_ && open_->saving) open_->saving->kill();
}

bool FileDialog::available() {
  static const bool is = pfd::settings::available();
  return is;
}

void FileDialog::ask_open(const std::string& purpose, const std::string& title) {
  if (!available() || is_open()) return;
  begin(purpose);
  open_ = std::make_unique<Native>();
  open_->opening = std::make_unique<pfd::open_file>(
      title, "",
      std::vector<std::string>{"Scenes, sessions, lessons, points",
                               "*.toml *.iemlab *.md *.csv *.tsv *.txt *.dat *.npy", "All files", "*"});
}

void FileDialog::ask_save(const std::string& purpose, const std::string& path) {
  if (!available() || is_open()) return;
  begin(purpose);
  open_ = std::make_unique<Native>();
  open_->saving = std::make_unique<pfd::save_file>("", path, std::vector<std::string>{"All files", "*"});
}

void FileDialog::look() {
  if (!open_) return;
  if (open_->opening && open_->opening->ready(0)) {
    const auto paths = open_->opening->result();
    if (!paths.empty()) chosen_ = paths.front();
    open_.reset();
  } else if (open_->saving && open_->saving->ready(0)) {
    chosen_ = open_->saving->result();
    open_.reset();
  }
}

std::string FileDialog::take(const std::string& purpose) {
  look();
  return purpose == purpose_ ? std::exchange(chosen_, {}) : std::string();
}

FileDialog& file_dialog() {
  static FileDialog dialog;
  return dialog;
}

}  // namespace iem::gui
