// Work on several runs that takes longer than a frame: the best rate of each, and many draws of them. It is
// done on another thread, on the runs as they were when it was asked for, and can be stopped.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <future>
#include <memory>
#include <optional>
#include <string>

#include "app/gui/platform/job.h"
#include "core/compare/draw_plan.h"

namespace iem::gui {

class PanelContext;

class RunWork {
 public:
  ~RunWork();

  // Finds the best learning rate of each run and begins all runs again with it.
  void find_rates(PanelContext& context);
  // Makes `times` draws of all runs, which are shown behind them (ViewState::draws).
  void draw(PanelContext& context, DrawOf of, int times);

  // The draws that the scene of what was opened asks for, once.
  void draw_opened(PanelContext& context);

  // Takes finished results; called once a frame.
  void follow(PanelContext& context);
  bool working() const { return asked_.valid() || job_.running(); }
  const std::string& words() const { return words_; }  // what is being done
  double part() const;                                 // of it that is done, 0 to 1
  void stop();                                         // results so far are kept

 private:
  struct Progress {
    std::atomic<std::size_t> done = 0, all = 0;
    std::atomic<bool> stopped = false;
    // False once somebody has stopped it.
    bool reach(std::size_t now, std::size_t of) {
      all = of;
      done = now;
      return !stopped;
    }
  };
  using Arrival = std::function<void(PanelContext&)>;  // what is done with the result, between two frames
  using Work = std::function<Arrival(const Comparison&, Progress&)>;
  void ask(PanelContext& context, std::string words, Work work);
  void begin();

  std::string words_;
  std::uint64_t opened_ = 0;  // what was shown when it was asked for
  std::uint64_t drawn_opened_ =
      ~std::uint64_t{0};  // what was looked at last for draws that its scene asks for
  Work work_;
  std::future<Comparison> asked_;  // the runs, on their way from the engine
  std::shared_ptr<Progress> progress_;
  Job<Arrival> job_;
};

}  // namespace iem::gui
