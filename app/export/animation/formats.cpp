#include "app/export/animation/formats.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <vector>

#include "app/export/animation/film_program.h"
#include "core/base/atomic_file.h"
#include "core/base/atomic_folder.h"
#include "core/base/error.h"
#include "core/base/number.h"
#include "core/base/words.h"

namespace iem {
namespace {

// Browsers show a GIF that is to change oftener at ten frames a second.
constexpr double kMostInGif = 50;
constexpr double kMostElsewhere = 120;

constexpr std::array<AnimationFormat, 5> kFormatsOfAnimations = {{
    {".webp", "WebP", kMostElsewhere, true, false, {}, begin_webp},
    {".gif", "GIF", kMostInGif, true, false, {}, begin_gif},
    {".apng", "APNG", kMostElsewhere, true, false, {}, begin_apng},
    {".mp4", "MP4", kMostElsewhere, false, false, "ffmpeg", begin_mp4},
    {"/", "PNG files", kMostElsewhere, true, true, {}, begin_frame_folder},
}};

}  // namespace

std::span<const AnimationFormat> animation_formats() { return kFormatsOfAnimations; }

const AnimationFormat* animation_format_of(const std::string& path) {
  std::error_code error;
  const bool is_folder = path.ends_with('/') || std::filesystem::is_directory(path, error);
  const std::string extension =
      is_folder ? "/" : lower_case(std::filesystem::path(path).extension().string());
  const auto* found = std::ranges::find(kFormatsOfAnimations, extension, &AnimationFormat::extension);
  return found == kFormatsOfAnimations.end() ? nullptr : found;
}

std::string animation_extensions() {
  std::vector<std::string> all;
  for (const AnimationFormat& format : kFormatsOfAnimations)
    all.emplace_back(format.is_folder() ? "a folder (/)" : format.extension);
  return listed_words(all, "or");
}

void require_animatable(const AnimationFormat& format, const std::string& path, double fps,
                        bool transparent) {
  const std::string label(format.label);
  if (!format.needs.empty() && !is_on_path(format.needs)) {
    std::vector<std::string> others;
    for (const AnimationFormat& other : kFormatsOfAnimations)
      if (other.needs.empty() && !other.is_folder()) others.emplace_back(other.extension);
    throw InputError(label + " is written by " + std::string(format.needs) + ", which is not on the PATH; " +
                         listed_words(others, "and") + " need no other program",
                     {path, 0, 0}, ErrorKind::missing);
  }
  if (fps > format.most_fps)
    throw InputError(label + " has at most " + format_number(format.most_fps) + " frames a second",
                     {path, 0, 0});
  if (transparent && !format.transparent) throw InputError(label + " cannot be transparent", {path, 0, 0});
  format.is_folder() ? require_writable_folder(path) : require_writable(path);
}

}  // namespace iem
