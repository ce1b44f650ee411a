// Tabs of one browser share the files that are kept. A claim holds the id of its tab, and the browser knows
// which tabs are open.
#include "app/gui/platform/file_claim.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/gui/platform/web/page.h"
#include "core/base/error.h"

namespace iem::gui {
namespace {

namespace fs = std::filesystem;

std::string own_id() {
  char* id = iem_page_own_id();
  std::string out = id;
  std::free(id);
  return out;
}

}  // namespace

bool FileClaim::make(const std::string& path) {
  std::error_code unknown;
  if (fs::exists(path, unknown)) return false;
  std::ofstream file(path, std::ios::binary);
  if (!(file << own_id() << std::flush)) throw InputError("cannot be written", {path, 0, 0}, ErrorKind::io);
  path_ = path;
  return true;
}

FileClaim::~FileClaim() {
  std::error_code gone;
  if (!path_.empty()) fs::remove(path_, gone);
}

bool is_claimed(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return false;
  std::stringstream id;
  id << file.rdbuf();
  return iem_page_is_open(id.str().c_str()) != 0;
}

bool take_unclaimed(const std::string& path) {
  std::error_code gone;
  return !is_claimed(path) && fs::remove(path, gone);
}

}  // namespace iem::gui
