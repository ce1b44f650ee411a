// The browser's file chooser. What is chosen is copied into the page's own files. There is nothing to ask
// about saving: what appears in the home folder is offered as a download (page.js), and the browser asks
// where to.
#include "app/gui/platform/file_dialog.h"

#include <cstdlib>
#include <utility>

#include "app/gui/platform/web/page.h"

namespace iem::gui {

struct FileDialog::Native {};

FileDialog::FileDialog() = default;
FileDialog::~FileDialog() = default;

bool FileDialog::available() { return true; }

void FileDialog::ask_open(const std::string& purpose, const std::string& /*title*/) {
  if (is_open()) return;
  begin(purpose);
  open_ = std::make_unique<Native>();
  iem_page_choose_file(".toml,.iemlab,.md,.csv,.tsv,.txt,.dat,.npy,.svg,.pdf,.png");
}

void FileDialog::ask_save(const std::string& purpose, const std::string& path) {
  if (is_open()) return;
  begin(purpose);
  chosen_ = path;
}

void FileDialog::look() {
  if (!open_) return;
  char* path = iem_page_chosen_file();
  if (path == nullptr) return;
  chosen_ = path;
  std::free(path);
  open_.reset();
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
