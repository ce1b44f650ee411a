// The desktop's own file dialogs, where there is one to call (zenity, kdialog). They run as another program
// whose result is polled once a frame, without waiting. Where there is none, the caller shows its own path
// field.
#pragma once

#include <memory>
#include <string>

namespace iem::gui {

class FileDialog {
 public:
  FileDialog();
  ~FileDialog();  // closes what is open
  static bool available();

  // `purpose` says who asked; one dialog at a time.
  void ask_open(const std::string& purpose, const std::string& title);
  void ask_save(const std::string& purpose, const std::string& path);
  // The path chosen for `purpose`, once; empty: none yet, or given up.
  std::string take(const std::string& purpose);
  bool is_open() const { return open_ != nullptr; }

 private:
  struct Native;
  std::unique_ptr<Native> open_;
  std::string purpose_, chosen_;
  // An answer that nobody has taken, since whoever asked for it was put away, is no answer to others.
  void begin(const std::string& purpose) { purpose_ = purpose, chosen_.clear(); }
  void look();
};

FileDialog& file_dialog();

}  // namespace iem::gui
