#include "gateway/ais/port_area.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace fairway::gateway::ais {
namespace {

constexpr double kMilesPerDegree = 60;  // of latitude

constexpr PortArea kAreas[] = {
    {"HKHKG", "Hong Kong", 22.335, 114.125, 4},
    {"CNSHK", "Shekou", 22.470, 113.885, 3},
    {"CNCWN", "Chiwan", 22.475, 113.870, 1},
    {"CNYTN", "Yantian", 22.570, 114.275, 3},
    {"CNNSA", "Nansha", 22.630, 113.680, 4},
    {"CNSHA", "Shanghai", 31.360, 121.600, 6},
    {"CNSHA", "Shanghai Yangshan", 30.620, 122.070, 5},
    {"CNNGB", "Ningbo", 29.940, 121.890, 7},
    {"CNXMN", "Xiamen", 24.460, 118.020, 4},
    {"CNTAO", "Qingdao", 36.010, 120.210, 5},
    {"CNTXG", "Tianjin Xingang", 38.980, 117.780, 5},
    {"CNDLC", "Dalian", 38.950, 121.900, 5},
    {"TWKHH", "Kaohsiung", 22.570, 120.300, 4},
    {"KRPUS", "Busan", 35.105, 129.070, 3},
    {"KRPUS", "Busan New Port", 35.075, 128.800, 3},
    {"JPTYO", "Tokyo", 35.605, 139.785, 3},
    {"JPYOK", "Yokohama", 35.430, 139.670, 3},
    {"JPUKB", "Kobe", 34.670, 135.230, 3},
    {"SGSIN", "Singapore", 1.265, 103.840, 2.5},
    {"SGSIN", "Singapore Pasir Panjang", 1.275, 103.765, 2.5},
    {"SGSIN", "Singapore Tuas", 1.240, 103.625, 2.5},
    {"MYPKG", "Port Klang", 2.960, 101.340, 5},
    {"MYTPP", "Tanjung Pelepas", 1.360, 103.548, 2.5},
    {"THLCH", "Laem Chabang", 13.080, 100.890, 3},
    {"VNVUT", "Vung Tau", 10.530, 107.030, 3},
    {"LKCMB", "Colombo", 6.950, 79.840, 2.5},
    {"INNSA", "Nhava Sheva", 18.945, 72.945, 3},
    {"AEJEA", "Jebel Ali", 25.020, 55.060, 4},
    {"NLRTM", "Rotterdam Maasvlakte", 51.955, 4.030, 4},
    {"NLRTM", "Rotterdam", 51.890, 4.350, 6},
    {"BEANR", "Antwerp", 51.290, 4.300, 6},
    {"DEHAM", "Hamburg", 53.530, 9.930, 4},
    {"DEBRV", "Bremerhaven", 53.590, 8.540, 3},
    {"FRLEH", "Le Havre", 49.470, 0.150, 4},
    {"GBFXT", "Felixstowe", 51.955, 1.310, 2},
    {"GBSOU", "Southampton", 50.905, -1.435, 3},
    {"ESALG", "Algeciras", 36.135, -5.435, 2},
    {"ESVLC", "Valencia", 39.445, -0.320, 2.5},
    {"GRPIR", "Piraeus", 37.950, 23.610, 3},
    {"MAPTM", "Tanger Med", 35.890, -5.500, 2.5},
    {"USLAX", "Los Angeles", 33.735, -118.265, 2.5},
    {"USLGB", "Long Beach", 33.755, -118.210, 2.5},
    {"USOAK", "Oakland", 37.800, -122.315, 2.5},
    {"USNYC", "New York", 40.680, -74.130, 5},
    {"USSAV", "Savannah", 32.125, -81.140, 3},
};

double radians(double degrees) { return degrees * std::numbers::pi / 180; }

}  // namespace

std::span<const PortArea> port_areas() { return kAreas; }

double distance_nm(double latitude_a, double longitude_a, double latitude_b, double longitude_b) {
  const double a = radians(latitude_a), b = radians(latitude_b), across = radians(longitude_b - longitude_a);
  const double half = std::pow(std::sin((b - a) / 2), 2) + std::cos(a) * std::cos(b) * std::pow(std::sin(across / 2), 2);
  return 2 * std::asin(std::sqrt(std::clamp(half, 0.0, 1.0))) * 180 / std::numbers::pi * kMilesPerDegree;
}

bool is_within(const PortArea& area, double latitude, double longitude, double widened) {
  const double radius = area.radius_nm * widened;
  if (std::abs(latitude - area.latitude) * kMilesPerDegree > radius) return false;
  return distance_nm(area.latitude, area.longitude, latitude, longitude) <= radius;
}

const PortArea* port_area_at(double latitude, double longitude, double widened) {
  const PortArea* deepest = nullptr;
  double least = 1;
  for (const PortArea& area : kAreas) {
    if (!is_within(area, latitude, longitude, widened)) continue;
    const double depth = distance_nm(area.latitude, area.longitude, latitude, longitude) / (area.radius_nm * widened);
    if (depth <= least) least = depth, deepest = &area;
  }
  return deepest;
}

}  // namespace fairway::gateway::ais
