// The link of a figure to its run. Furniture asks for it (paper.link, paper.qr of core/figure/furniture.h),
// and since it holds the state of the run, which no figure knows, it is made where a file is written.
#pragma once

#include <string>

#include "app/export/link/qr_code.h"
#include "core/config/config.h"

namespace iem {

struct RunLink {
  std::string address;      // all of it; empty: there is no link
  bool in_words = false;    // a line below the figure
  QrCode code = {};         // of the address, in a corner
  std::string remark = {};  // why there is no code where one was asked for, a sentence
};

// The page that the link leads to, as furniture says it; empty: no link is asked for. `base`: the program's
// own page, which "on" stands for; empty where it knows none. Throws InputError, at the place where the key
// was set, where there is no page to lead to.
std::string link_page(const Config& furniture, const std::string& base);

// The link to a state string. Throws InputError, as link_page does, and for a run that is too long for one.
RunLink run_link(const Config& furniture, const std::string& base, const std::string& state);

}  // namespace iem
