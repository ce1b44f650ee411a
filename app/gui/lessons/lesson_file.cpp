#include "app/gui/lessons/lesson_file.h"

#include <filesystem>
#include <utility>

#include "core/base/atomic_file.h"
#include "core/base/error.h"
#include "core/data/table_reader.h"

namespace iem::gui {
namespace {

constexpr std::size_t kMostMib = 1, kMostUndone = 100;

}  // namespace

std::string lesson_file_name(const std::string& name) {
  return std::filesystem::path(name).extension().empty() ? name + ".md" : name;
}

bool is_lesson_file(const std::string& name) { return name.ends_with(".md"); }

LessonFile::LessonFile(std::string path) : path_(std::move(path)), text_(read_file(path_, kMostMib)) {
  try {
    require_writable(path_);
  } catch (const InputError&) {
    can_write_ = false;
  }
}

bool LessonFile::look() {
  std::string now = read_file(path_, kMostMib);
  if (now == text_) return false;
  text_ = std::move(now);
  before_.clear();
  return true;
}

void LessonFile::write(std::string text, std::size_t page) {
  write_file_atomically(path_, text);
  before_.push_back({std::exchange(text_, std::move(text)), page});
  if (before_.size() > kMostUndone) before_.erase(before_.begin());
}

std::size_t LessonFile::undo() {
  const Before last = before_.back();
  write_file_atomically(path_, last.text);
  text_ = last.text;
  before_.pop_back();
  return last.page;
}

}  // namespace iem::gui
