#include "gateway/epcis/vocabulary.h"

#include <algorithm>
#include <array>

namespace fairway::gateway::epcis {
namespace {

constexpr auto kBizSteps = std::to_array<std::string_view>({"accepting",
                                                            "arriving",
                                                            "assembling",
                                                            "collecting",
                                                            "commissioning",
                                                            "consigning",
                                                            "creating_class_instance",
                                                            "cycle_counting",
                                                            "decommissioning",
                                                            "departing",
                                                            "destroying",
                                                            "disassembling",
                                                            "dispensing",
                                                            "encoding",
                                                            "entering_exiting",
                                                            "holding",
                                                            "inspecting",
                                                            "installing",
                                                            "killing",
                                                            "loading",
                                                            "other",
                                                            "packing",
                                                            "picking",
                                                            "receiving",
                                                            "removing",
                                                            "repackaging",
                                                            "repairing",
                                                            "replacing",
                                                            "reserving",
                                                            "retail_selling",
                                                            "sampling",
                                                            "sensor_reporting",
                                                            "shipping",
                                                            "staging_outbound",
                                                            "stock_taking",
                                                            "stocking",
                                                            "storing",
                                                            "transporting",
                                                            "unloading",
                                                            "unpacking",
                                                            "void_shipping"});
constexpr auto kDispositions = std::to_array<std::string_view>({"active",
                                                                "available",
                                                                "completeness_inferred",
                                                                "completeness_verified",
                                                                "conformant",
                                                                "container_closed",
                                                                "container_open",
                                                                "damaged",
                                                                "destroyed",
                                                                "dispensed",
                                                                "disposed",
                                                                "encoded",
                                                                "expired",
                                                                "in_progress",
                                                                "in_transit",
                                                                "inactive",
                                                                "mismatch_class",
                                                                "mismatch_instance",
                                                                "mismatch_quantity",
                                                                "needs_replacement",
                                                                "no_pedigree_match",
                                                                "non_conformant",
                                                                "non_sellable_other",
                                                                "partially_dispensed",
                                                                "recalled",
                                                                "reserved",
                                                                "retail_sold",
                                                                "returned",
                                                                "sellable_accessible",
                                                                "sellable_not_accessible",
                                                                "stolen",
                                                                "unavailable",
                                                                "unknown"});
constexpr auto kBizTransactionTypes = std::to_array<std::string_view>(
    {"bol", "cert", "desadv", "inv", "pedigree", "po", "poc", "prodorder", "recadv", "rma", "testprd", "testres", "upevt"});
constexpr auto kSourceDestTypes = std::to_array<std::string_view>({"location", "owning_party", "possessing_party"});
constexpr auto kErrorReasons = std::to_array<std::string_view>({"did_not_occur", "incorrect_data"});
constexpr auto kMeasurementTypes = std::to_array<std::string_view>({"AbsoluteHumidity",
                                                                    "AbsorbedDose",
                                                                    "AbsorbedDoseRate",
                                                                    "Acceleration",
                                                                    "Altitude",
                                                                    "AmountOfSubstance",
                                                                    "AmountOfSubstancePerUnitVolume",
                                                                    "Angle",
                                                                    "AngularAcceleration",
                                                                    "AngularMomentum",
                                                                    "AngularVelocity",
                                                                    "Area",
                                                                    "Capacitance",
                                                                    "Conductance",
                                                                    "Conductivity",
                                                                    "Count",
                                                                    "Density",
                                                                    "Dimensionless",
                                                                    "DoseEquivalent",
                                                                    "DoseEquivalentRate",
                                                                    "DynamicViscosity",
                                                                    "ElectricCharge",
                                                                    "ElectricCurrent",
                                                                    "ElectricCurrentDensity",
                                                                    "ElectricFieldStrength",
                                                                    "Energy",
                                                                    "Exposure",
                                                                    "Force",
                                                                    "Frequency",
                                                                    "Illuminance",
                                                                    "Inductance",
                                                                    "Irradiance",
                                                                    "KinematicViscosity",
                                                                    "Length",
                                                                    "LinearMomentum",
                                                                    "Luminance",
                                                                    "LuminousFlux",
                                                                    "LuminousIntensity",
                                                                    "MagneticFlux",
                                                                    "MagneticFluxDensity",
                                                                    "MagneticVectorPotential",
                                                                    "Mass",
                                                                    "MassConcentration",
                                                                    "MassFlowRate",
                                                                    "MassPerAreaTime",
                                                                    "MemoryCapacity",
                                                                    "MolalityOfSolute",
                                                                    "MolarEnergy",
                                                                    "MolarMass",
                                                                    "MolarVolume",
                                                                    "Power",
                                                                    "Pressure",
                                                                    "RadiantFlux",
                                                                    "RadiantIntensity",
                                                                    "Radioactivity",
                                                                    "RelativeHumidity",
                                                                    "Resistance",
                                                                    "Resistivity",
                                                                    "SolidAngle",
                                                                    "SpecificVolume",
                                                                    "Speed",
                                                                    "SurfaceDensity",
                                                                    "SurfaceTension",
                                                                    "Temperature",
                                                                    "Time",
                                                                    "Torque",
                                                                    "Voltage",
                                                                    "Volume",
                                                                    "VolumeFlowRate",
                                                                    "VolumeFraction",
                                                                    "VolumetricFlux",
                                                                    "Wavenumber"});
constexpr auto kAlertTypes = std::to_array<std::string_view>({"ALARM_CONDITION", "ERROR_CONDITION"});
constexpr auto kComponents =
    std::to_array<std::string_view>({"altitude", "axial_distance", "azimuth", "easting", "elevation_angle", "height", "latitude",
                                     "longitude", "northing", "polar_angle", "spherical_radius", "x", "y", "z"});

struct Row {
  std::span<const std::string_view> words;
  std::string_view web;  // what comes before the word in the web vocabulary
};
constexpr std::array<Row, kVocabularies> kRows = {{
    {kBizSteps, "https://ref.gs1.org/cbv/BizStep-"},
    {kDispositions, "https://ref.gs1.org/cbv/Disp-"},
    {kBizTransactionTypes, "https://ref.gs1.org/cbv/BTT-"},
    {kSourceDestTypes, "https://ref.gs1.org/cbv/SDT-"},
    {kErrorReasons, "https://ref.gs1.org/cbv/ER-"},
    {kMeasurementTypes, "https://ref.gs1.org/voc/"},
    {kAlertTypes, "https://ref.gs1.org/voc/"},
    {kComponents, "https://ref.gs1.org/cbv/Comp-"},
}};

// Beginnings that mean the same. GS1 moved its web vocabulary between the drafts of EPCIS 2.0 and the standard.
constexpr std::array<std::pair<std::string_view, std::string_view>, 11> kSpellings = {{
    {"urn:epcglobal:cbv:bizstep:", "https://ref.gs1.org/cbv/BizStep-"},
    {"urn:epcglobal:cbv:disp:", "https://ref.gs1.org/cbv/Disp-"},
    {"urn:epcglobal:cbv:btt:", "https://ref.gs1.org/cbv/BTT-"},
    {"urn:epcglobal:cbv:sdt:", "https://ref.gs1.org/cbv/SDT-"},
    {"urn:epcglobal:cbv:er:", "https://ref.gs1.org/cbv/ER-"},
    {"cbv:", "https://ref.gs1.org/cbv/"},
    {"gs1:", "https://ref.gs1.org/voc/"},
    {"epcis:", "https://ref.gs1.org/epcis/"},
    {"https://gs1.org/voc/", "https://ref.gs1.org/voc/"},
    {"https://www.gs1.org/voc/", "https://ref.gs1.org/voc/"},
    {"http://gs1.org/voc/", "https://ref.gs1.org/voc/"},
}};

const Row& row(Vocabulary vocabulary) { return kRows.at(static_cast<size_t>(vocabulary)); }

}  // namespace

std::span<const std::string_view> words(Vocabulary vocabulary) { return row(vocabulary).words; }

bool is_word(Vocabulary vocabulary, std::string_view text) { return std::ranges::binary_search(words(vocabulary), text); }

std::optional<std::string> web_uri(Vocabulary vocabulary, std::string_view word) {
  if (!is_word(vocabulary, word)) return std::nullopt;
  return std::string(row(vocabulary).web).append(word);
}

std::string bare_word(Vocabulary vocabulary, std::string_view text) {
  const std::string uri = standard_uri(text);
  const std::string_view web = row(vocabulary).web;
  if (!uri.starts_with(web)) return std::string(text);
  const std::string_view word = std::string_view(uri).substr(web.size());
  return is_word(vocabulary, word) ? std::string(word) : std::string(text);
}

std::string standard_uri(std::string_view text) {
  for (const auto& [spelling, standard] : kSpellings)
    if (text.starts_with(spelling)) return std::string(standard).append(text.substr(spelling.size()));
  return std::string(text);
}

}  // namespace fairway::gateway::epcis
