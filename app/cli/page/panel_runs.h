// The runs of a page: every panel's, at the step that it shows. Panels of the same scene with the same
// settings share one run, which is stepped once.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/page/page_file.h"
#include "core/run/run.h"

namespace iem::cli {

class PanelRuns {
 public:
  // Opens every scene, and replays what is saved. Throws InputError, at its place in the page, for what
  // cannot be opened, set or shown.
  PanelRuns(const PageFile& page, const PageOptions& options);

  // Everything that is read, by the names that messages have for it.
  std::vector<NamedFile> inputs() const;

  // Steps each run to the steps of its panels.
  using Say = std::function<void(std::size_t panel, const Run& run, std::int64_t last)>;
  void step(const Say& say);

  // Afterwards: the run of a panel where it is shown, and why it ended before, in a sentence; empty: it has
  // not.
  const Run& run(std::size_t panel) const { return *panels_[panel].shown; }
  const std::string& remark(std::size_t panel) const { return panels_[panel].remark; }
  bool all_finite() const { return all_finite_; }
  // What it shows of its run at any step: the settings of the view, with the furniture of the page, the panel
  // and the command line.
  Config view(std::size_t panel, const Run& run) const;
  ThreadPool& pool() const { return *pool_; }

 private:
  struct Panel {
    std::string id;  // its scene and all that is set in it
    std::size_t group = 0;
    std::vector<SaidSetting> seen;  // of `set`: keys of the view
    std::optional<Run> shown;
    std::string remark;
  };
  struct Group {
    std::string id, name;
    Run run;
    bool saved = false;
    std::vector<std::size_t> panels;
  };

  void open(std::size_t index);
  void open_group(const PagePanel& panel, const std::string& name, const SourcePosition& at, Panel& here);
  Run opened(const PagePanel& panel, const std::string& name, std::vector<SaidSetting>& seen);
  Run replayed(const PagePanel& panel, const std::string& name, std::vector<SaidSetting>& seen);
  void check_shown(const PagePanel& panel, std::size_t index) const;
  std::int64_t target(std::size_t panel) const;
  void step(Group& group, const Say& say);

  const PageFile& page_;
  const PageOptions& options_;
  std::shared_ptr<ThreadPool> pool_;
  std::vector<Panel> panels_;
  std::vector<Group> groups_;
  bool all_finite_ = true;
};

}  // namespace iem::cli
