#include "app/gui/lessons/kept_lessons.h"

#include <algorithm>
#include <cctype>
#include <exception>
#include <filesystem>
#include <string_view>

#include "core/base/atomic_file.h"
#include "core/base/hash.h"
#include "core/data/table_reader.h"

namespace iem::gui {
namespace {

constexpr std::string_view kEarlier = "\n# Earlier guesses\n", kLeftOpen = "/open", kEnding = ".toml";
constexpr std::size_t kMostKept = std::size_t{1} << 20;  // bytes of a file
constexpr std::size_t kLongestName = 100;

// An id is the name of somebody's file and may be anything.
std::string plain_name(const std::string& id) {
  const bool plain = !id.empty() && id.size() <= kLongestName && std::ranges::all_of(id, [](unsigned char c) {
    return c < 128 && (std::isalnum(c) != 0 || c == '_' || c == '-');
  });
  if (plain) return id;
  Hash hash;
  hash.add(std::string_view(id));
  return "other-" + hex(hash.value());
}

}  // namespace

KeptLessons::KeptLessons(const std::string& folder)
    : folder_(folder.empty() ? std::string() : folder + "/lessons") {}

std::optional<KeptLessons::Entry> KeptLessons::read(const std::string& lesson) const {
  if (folder_.empty()) return std::nullopt;
  const std::string file = folder_ + "/" + plain_name(lesson) + std::string(kEnding);
  try {
    const std::string text = read_file(file, 1);
    const std::size_t cut = std::min(text.find(kEarlier), text.size());
    Entry out{read_lesson_record(text.substr(0, cut), file), {}};
    if (cut < text.size()) out.earlier = read_lesson_record(text.substr(cut), file).answers;
    if (out.now.lesson != lesson) return std::nullopt;
    return out;
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

void KeptLessons::write(const Entry& entry) const {
  if (folder_.empty() || entry.now.lesson.empty()) return;
  LessonRecord earlier;
  earlier.lesson = entry.now.lesson, earlier.answers = entry.earlier;
  try {
    const std::string text =
        write_lesson_record(entry.now) + std::string(kEarlier) + write_lesson_record(earlier);
    if (text.size() > kMostKept) return;
    std::filesystem::create_directories(folder_);
    write_file_atomically(folder_ + "/" + plain_name(entry.now.lesson) + std::string(kEnding), text,
                          FileAccess::owner_only, FileSync::unsynced);
  } catch (const std::exception&) {  // a full disk; the lesson goes on
  }
}

void KeptLessons::set_open(const std::string& lesson) const {
  if (folder_.empty()) return;
  const std::string file = folder_ + std::string(kLeftOpen);
  try {
    if (lesson.empty()) {
      std::filesystem::remove(file);
      return;
    }
    std::filesystem::create_directories(folder_);
    write_file_atomically(file, lesson, FileAccess::owner_only, FileSync::unsynced);
  } catch (const std::exception&) {}
}

std::string KeptLessons::open() const {
  if (folder_.empty()) return {};
  try {
    return read_file(folder_ + std::string(kLeftOpen), 1);
  } catch (const std::exception&) {
    return {};
  }
}

}  // namespace iem::gui
