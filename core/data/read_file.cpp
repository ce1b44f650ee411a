#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <memory>

#include "core/base/embedded.h"
#include "core/base/error.h"
#include "core/base/utf8.h"
#include "core/data/table_reader.h"
#include "core/scene/config.h"

namespace iem {
namespace {

constexpr std::string_view kBuiltin = "builtin:";

std::string read_builtin(const std::string& path) {
  const std::string name = path.substr(kBuiltin.size());
  if (const auto text = embedded_text("data/" + name); !text.empty()) return std::string(text);
  std::vector<std::string> known;
  std::string list;
  for (const auto each : embedded_names("data/")) {
    known.emplace_back(each.substr(5));
    list += (list.empty() ? "" : ", ") + known.back();
  }
  const std::string near = nearest_word(name, known);
  throw InputError("no such built-in file; there are " + list +
                       (near.empty() ? "" : "; did you mean builtin:" + near + "?"),
                   {printable(path, 200)}, ErrorKind::io);
}

}  // namespace

std::string read_file(const std::string& path, std::size_t limit_mib) {
  if (path.starts_with(kBuiltin)) return read_builtin(path);
  const SourcePosition at{path};
  std::error_code ignored;
  if (std::filesystem::is_directory(path, ignored))
    throw InputError("is a folder, not a file", at, ErrorKind::io);
  errno = 0;
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rb"), &std::fclose);
  if (file == nullptr)
    throw InputError(std::string("cannot be opened: ") + std::strerror(errno), at, ErrorKind::io);

  // Read piece by piece: a pipe has no size to ask for, and a device may never end.
  const std::size_t limit = limit_mib << 20;
  std::string bytes;
  if (const auto size = std::filesystem::file_size(path, ignored); !ignored && size <= limit)
    bytes.reserve(size);
  char buffer[1 << 16];
  while (const std::size_t count = std::fread(buffer, 1, sizeof buffer, file.get())) {
    bytes.append(buffer, count);
    if (bytes.size() > limit)
      throw InputError("more than " + std::to_string(limit_mib) + " MiB: too large", at);
  }
  if (std::ferror(file.get()) != 0)
    throw InputError(std::string("cannot be read: ") + std::strerror(errno), at, ErrorKind::io);
  return bytes;
}

}  // namespace iem
