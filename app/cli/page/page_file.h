// Page files: which figures stand on a page of several, and how (docs/pages.md). The keys of the page and of
// a panel are tables of parameters, as those of a lab are: what fits them and what is said of what does not
// is theirs.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/config/config.h"
#include "core/config/setting_table.h"

namespace iem::cli {

struct PagePanel {
  Config keys;                   // scene, figure, step, ...; paper.title, ...
  std::vector<SaidSetting> set;  // of its scene
  SourcePosition at;
};

struct PageFile {
  std::string file;
  Config keys;  // title, columns, width_cm, ...; share.x, ...; paper.title, ...
  std::vector<PagePanel> panels;
};

// Reads TOML text; `file` is named in errors. Throws InputError at the first error.
PageFile read_page(std::string_view text, const std::string& file);
PageFile load_page(const std::string& path);

}  // namespace iem::cli
