#include "core/labs/attention/known_queries.h"

#include "core/labs/attention/lab.h"
#include "core/labs/kit/regimes.h"

namespace iem {
namespace {

constexpr Eigen::Index kMostQueries = 16;  // more would cover each other

std::string queries_unavailable(const Snapshot& snapshot) {
  return snapshot.model().responsibilities_unavailable();
}

Tensor pairs_of(const Eigen::MatrixXd& points) {
  Tensor out{{points.rows(), 2}, {}};
  for (Eigen::Index i = 0; i < points.rows(); ++i)
    out.data.insert(out.data.end(), {points(i, 0), points(i, 1)});
  return out;
}

Bridge::Crossing ask_with_points(const Snapshot& snapshot, const View&) {
  const Scene& from = snapshot.setup->scene;
  const Lab& lab = attention_lab();
  Scene scene{{}, {}, {}, {}, {}, Config(lab.id(), lab.parameters()), {}, &lab};
  scene.name = from.name + "_attention";
  scene.title = (from.title.empty() ? from.name : from.title) + ", as queries";
  const Tensor points = pairs_of(thinned(snapshot.data(), kMostQueries).points);
  const Tensor means = *natural_block(snapshot, "means");
  Config& config = scene.config;
  config.set("data.task", std::string("regression"));
  config.set("data.source", std::string("inline"));
  config.set("data.targets", points);
  config.set("model.parameters", std::string("direct"));
  config.set("model.init", std::string("explicit"));
  config.set("model.queries", points);
  config.set("model.keys", means);
  config.set("model.values", means);
  config.set("optimizer.learning_rate", snapshot.config().real("optimizer.learning_rate"));
  scene.description =
      "Points ask, prototypes are keys and values, and every query is told what it should have read: its own "
      "point. Competition is on usefulness now, not on distance.";
  return {std::move(scene), "Points became queries, prototypes keys and values", false};
}

}  // namespace

const Bridge& known_queries_bridge() {
  static const Bridge bridge{.id = "known_queries",
                             .label = "Let the queries know (attention)",
                             .word = "Queries",
                             .help = "Open the points as queries and the prototypes as keys and values",
                             .from = "mixture",
                             .only = "Only a mixture has points to ask with.",
                             .figure = "identity",
                             .unavailable = queries_unavailable,
                             .cross = ask_with_points};
  return bridge;
}

}  // namespace iem
