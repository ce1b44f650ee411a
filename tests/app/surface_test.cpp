// Surfaces: a box that fits however it is turned, ground that is seen from where the view says, and exports
// that show what the window shows.
#include <gtest/gtest.h>

#include <cmath>

#include "app/export/writers.h"
#include "app/paint/surface_paint.h"
#include "app/paint/surface_view.h"
#include "core/labs/kit/lab.h"
#include "core/run/snapshot.h"
#include "core/session/scene_file.h"

namespace iem::paint {
namespace {

Figure landscape_of(const std::string& scene, double azimuth = 32, double elevation = 52) {
  iem::Run run(load_scene(scene), std::make_shared<ThreadPool>(1));
  run.seek(10);
  const auto snapshot = take_snapshot(run);
  Config config = snapshot->config();
  config.set("view.field", std::string("energy"));
  config.set("view.landscape", true);
  config.set("view.azimuth", azimuth);
  config.set("view.elevation", elevation);
  Figure figure = lab_of(*snapshot->setup).figure("stage", *snapshot, {config, {}, {}});
  figure.keep.push_back(snapshot);
  return figure;
}

const SurfaceMark& surface_of(const Figure& figure) {
  for (const Mark& mark : figure.panels.front().marks)
    if (const auto* surface = std::get_if<SurfaceMark>(&mark)) return *surface;
  throw std::logic_error("no surface");
}

TEST(SurfaceView, KeepsItsBoxOnThePlotHoweverItIsTurned) {
  const Box box{-3, 5, 2, 2.5, 1, 9};
  const PxRect rect{10, 20, 400, 330};
  for (double azimuth = -180; azimuth <= 180; azimuth += 15)
    for (double elevation = 5; elevation <= 90; elevation += 17) {
      const SurfaceView view(box, rect, azimuth, elevation);
      for (const double x : {box.x0, box.x1})
        for (const double y : {box.y0, box.y1})
          for (const double z : {box.z0, box.z1}) EXPECT_TRUE(rect.contains(view(x, y, z))) << azimuth;
    }
}

TEST(SurfaceView, LooksDownFromAboveAndFromTheSideItSays) {
  const Box box{0, 1, 0, 1, 0, 1};
  const PxRect rect{0, 0, 300, 300};
  const SurfaceView above(box, rect, 0, 90);
  EXPECT_NEAR(above(0.3, 0.4, 0).y, above(0.3, 0.4, 1).y, 1e-9) << "heights are not seen";
  EXPECT_LT(above(0.5, 1, 0).y, above(0.5, 0, 0).y) << "y upwards";
  const SurfaceView front(box, rect, 0, 5);
  EXPECT_LT(front(0.5, 0.5, 1).y, front(0.5, 0.5, 0).y - 50) << "heights are seen";
  EXPECT_GT(front.depth(0.5, 1), front.depth(0.5, 0)) << "y is away";
  EXPECT_LT(SurfaceView(box, rect, 180, 5).depth(0.5, 1), SurfaceView(box, rect, 180, 5).depth(0.5, 0));
}

TEST(Surfaces, ShowTheGroundFromWhereTheViewSays) {
  const Figure figure = landscape_of("three_blobs"), turned = landscape_of("three_blobs", 120);
  const Transform to_px(figure.panels.front(), {0, 0, 300, 260});
  const SurfacePicture picture = render_surface(surface_of(figure), to_px, theme(ThemeId::light), 1);
  EXPECT_EQ(picture.image.width, 300);
  std::size_t covered = 0;
  for (std::size_t i = 3; i < picture.image.rgba.size(); i += 4)
    covered += picture.image.rgba[i] == 255 ? 1 : 0;
  EXPECT_GT(covered, 300U * 260U / 10);
  EXPECT_LT(covered, 300U * 260U * 8 / 10);
  EXPECT_NE(render_surface(surface_of(turned), to_px, theme(ThemeId::light), 1).image.rgba,
            picture.image.rgba);
  EXPECT_EQ(picture.ground.heights,
            render_surface(surface_of(turned), to_px, theme(ThemeId::light), 1).ground.heights);
}

TEST(Surfaces, AreOnPaperWhatTheyAreOnScreen) {
  const Figure figure = landscape_of("penguins");
  EXPECT_NE(figure.caption.find("landscape"), std::string::npos);
  ExportOptions options;
  const std::string svg = figure_as_svg(figure, options);
  EXPECT_NE(svg.find("<image"), std::string::npos);
  EXPECT_NE(svg.find("id=\"landscape\""), std::string::npos);
  EXPECT_NE(figure_as_svg(landscape_of("penguins", -60), options), svg);
  EXPECT_EQ(figure_as_svg(landscape_of("penguins"), options), svg) << "the same bytes";
  options.svg_text = SvgText::real;
  EXPECT_NE(figure_as_svg(figure, options).find(">energy<"), std::string::npos);
}

}  // namespace
}  // namespace iem::paint
