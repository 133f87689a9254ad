"""Which figure is which indicator of the catalogue, and which only looks like it."""

import pytest

# One sentence at least for every row of the patterns; one of its figures must map to the indicator.
INDICATORS = [
    ("manufacturing_product_qualification_rate", "The qualification rate of manufactures was 93.65%."),
    ("national_spot_check_pass_rate", "In random checks of products the pass rate was 91.6%."),
    ("national_spot_check_fail_rate", "In national spot checks of products the failure rate was 8.4%."),
    ("spot_check_batches", "Inspectors made random checks of 23,851 batches."),
    ("spot_check_failed_batches", "The spot checks found 2,003 batches unqualified."),
    ("spot_check_product_kinds", "The spot checks took in 178 kinds of products."),
    ("enterprises_spot_checked", "Random checks were made at 21,300 enterprises."),
    ("manufacturing_quality_competitiveness_index", "The quality competitiveness index was 84.91."),
    ("food_sampling_pass_rate", "The pass rate of food samples was 97.6%."),
    ("food_sampling_fail_rate", "Tests of food gave a failure rate of 2.4%."),
    ("food_sampling_batches", "Across the country food was tested in 6.4 million batches."),
    ("agricultural_product_monitoring_pass_rate", "The pass rate of farm produce was 97.8%."),
    ("drug_sampling_pass_rate", "The pass rate of drugs was 99.4%."),
    ("drug_sampling_batches", "Of marketed drugs labs tested 21,000 batches."),
    ("construction_acceptance_rate", "The acceptance rate of construction projects was 99%."),
    ("consumer_goods_intl_standard_consistency_rate", "Consistency with international standards was 96%."),
    ("life_service_satisfaction_score", "Satisfaction with life services scored 78.01."),
    ("public_service_satisfaction_score", "Satisfaction with public services scored 79.85."),
    ("consumer_satisfaction_score", "The score of consumer satisfaction was 80.3."),
    ("service_satisfaction_score", "The score of customer satisfaction was 82.6."),
    ("quality_violation_cases", "Officers closed 56,700 cases of quality offences."),
    ("market_violation_cases", "In breach of market order officers closed 610,000 cases."),
    ("food_violation_cases", "Officers closed 450,000 food safety cases."),
    ("enterprises_punished", "Watchdogs punished 23,000 enterprises."),
    ("case_goods_value", "The value of goods was 1.1 billion yuan."),
    ("fines_amount", "Courts set fines of 340 million yuan."),
    ("key_products_addressed", "It addressed quality problems of 20 key products."),
    ("enterprises_inspected", "Officers inspected 880,000 companies."),
    ("cases_transferred_to_police", "It transferred 4,100 cases to the police."),
    ("consumer_complaints", "Platforms took in 17 million complaints."),
    ("consumer_contacts_received", "Consumers complained or made inquiries 33 million times."),
    ("consumer_losses_recovered", "Offices recovered 4.4 billion yuan for consumers."),
    ("vehicle_recall_campaigns", "Makers of cars held 214 recalls."),
    ("vehicles_recalled", "Makers recalled 6.728 million vehicles."),
    ("new_energy_vehicle_recall_campaigns", "For electric cars makers held 72 recalls."),
    ("new_energy_vehicles_recalled", "Makers recalled 1.6 million electric cars."),
    ("ota_recall_campaigns", "By over-the-air upgrades makers held 18 recalls."),
    ("ota_vehicles_recalled", "By over-the-air upgrades makers mended 4.1 million cars."),
    ("consumer_product_recall_campaigns", "For consumer goods makers held 570 recalls."),
    ("consumer_products_recalled", "Makers recalled 10.42 million consumer products."),
    ("product_related_injuries", "Hospitals told of 151,000 injuries from products."),
    ("standards_total", "The total number of standards is 3.3 million."),
    ("mandatory_national_standards", "The state keeps 2,117 mandatory national standards."),
    ("national_standards_issued", "The administration published 2,902 national standards."),
    ("national_standards", "In force are 44,499 national standards."),
    ("industry_standards", "Ministries registered 79,000 industry standards."),
    ("local_standards", "Provinces registered 76,000 local standards."),
    ("group_standards", "Associations made public 74,000 group standards."),
    ("enterprise_standards", "Firms made public 3 million enterprise standards."),
    ("international_standards_led", "Its experts led 28 international standards."),
    ("international_standards_adoption_rate", "The adoption rate of international standards was 82%."),
    ("iso_iec_secretariats", "In ISO it holds 89 secretariats."),
    ("technical_committees", "For standardization it keeps 1,321 technical committees."),
    ("standards_foreign_language", "In foreign languages it offers 1,500 standards."),
    ("national_measurement_standards", "It keeps 192 national measurement benchmarks."),
    ("social_public_measurement_standards", "It keeps 65,000 social public measurement standards."),
    ("reference_materials", "It keeps 16,000 reference materials."),
    ("new_reference_materials", "It approved 1,200 new reference materials."),
    ("cmc_recognised", "Its calibration and measurement capabilities came to 1,800 entries."),
    ("measuring_instruments_verified", "Offices verified 98 million instruments."),
    ("industry_metrology_centers", "Across industries it built 58 industrial metrology centers."),
    (
        "industry_metrology_centers",
        "The number of national industrial measurement and testing centers has climbed to 26.",
    ),
    ("national_quality_inspection_centers", "It keeps 877 national quality inspection centers."),
    ("quality_standard_laboratories", "It builds 30 quality standard laboratories."),
    ("nqi_service_platforms", "For quality infrastructure it runs 1,400 platforms."),
    ("certificates_management_system", "For management systems certifiers issued 1.9 million certificates."),
    ("certificates_valid", "Certifiers count 3.7 million valid certificates."),
    ("ccc_certificates_withdrawn", "Under the CCC rules 2,600 certificates were withdrawn."),
    ("certified_organizations", "By now certifiers have certified 1.1 million organizations."),
    ("certification_bodies", "It oversees 1,242 certification bodies."),
    ("inspection_testing_institutions", "It counts 53,834 inspection and testing institutions."),
    ("inspection_testing_revenue", "Inspection and testing brought a revenue of 467 billion yuan."),
    ("inspection_reports_issued", "Testing firms wrote 605 million test reports."),
    ("inspection_testing_staff", "Inspection and testing employ 1.56 million people."),
    ("accredited_institutions", "It oversees 15,000 accredited laboratories."),
    ("iso9001_certificates", "Under ISO 9001 certifiers issued 780,000 certificates."),
    ("iso14001_certificates", "Under ISO 14001 certifiers issued 410,000 certificates."),
    ("cooperation_agreements_signed", "It signed 1,366 agreements."),
    ("cooperation_partner_countries", "It cooperates with 100 countries."),
    ("imported_food_kinds_approved", "It approved the import of 2,186 kinds of foods."),
    ("import_source_countries", "Its food imports come from 178 countries."),
    ("import_batches_rejected", "At the border customs rejected 2,100 batches."),
    ("import_export_batches_inspected", "Customs inspected 1.5 million batches."),
    ("leading_group_member_departments", "The leading group has 33 member departments."),
    ("joint_issuing_departments", "Eighteen departments jointly put it out."),
    ("quality_award_organizations", "The award was given to 10 organizations."),
    ("quality_award_individuals", "The award was given to 9 individuals."),
    ("conference_participants", "The conference drew 800 participants."),
    ("conference_countries", "Guests of 30 countries attended."),
    ("quality_pilot_cities", "It named 24 quality pilot cities."),
    ("chief_quality_officers", "Firms named 120,000 chief quality officers."),
    ("elevators_in_use", "There are 10.6 million elevators in use."),
    ("special_equipment_units", "Of special equipment it counts 21 million units."),
    ("special_equipment_accidents", "Special equipment caused 71 accidents."),
    ("special_equipment_deaths", "Accidents with special equipment caused 69 deaths."),
    ("special_equipment_death_rate", "The death rate per 10,000 units was 0.04."),
    ("business_entities", "It counts 184 million business entities."),
    ("enterprises_registered", "The number of registered enterprises is 58 million."),
    ("individual_businesses", "It counts 124 million individual businesses."),
    ("new_individual_businesses", "It counts 22 million new individual businesses."),
    ("new_enterprises", "It counts 10 million new enterprises."),
    ("new_business_entities", "It counts 32.7 million new business entities."),
    ("geographical_indications", "It protects 2,508 geographical indications."),
    ("brands_global_top_500", "In the world's top 500 it has 48 brands."),
    ("invention_patents_per_10000", "High-value inventions per 10,000 people came to 12 patents."),
    ("target_key_fields", "The plan names 11 key fields."),
    ("target_measures", "The plan sets out 40 measures."),
    ("spot_check_batches", "In spot checks inspectors looked at shops. In 4,100 batches they found faults."),
    ("spot_check_failed_batches", "After the spot checks 190 batches were found unqualified."),
    (
        "spot_check_product_kinds",
        "Of the random checks, some 140 kinds of goods from 900 makers were inspected.",
    ),
    ("enterprises_spot_checked", "The spot checks are over. Some 17,000 enterprises were checked."),
    ("vehicle_recall_campaigns", "Defects of cars are on the rise. There have been 198 recalls."),
    ("consumer_product_recall_campaigns", "Consumer goods are getting safer. There were 480 recalls."),
    ("agricultural_product_monitoring_samples", "The monitoring of farm produce examined 9,100 samples."),
    ("online_shopping_complaints", "Platforms took in 3 million complaints about online shopping."),
    ("new_energy_recall_share", "Electric cars accounted for 26% of the vehicles recalled."),
    ("food_safety_standards", "In force are 1,590 food safety standards."),
    ("compulsory_certificates", "Makers hold 690,000 valid CCC certificates."),
    ("ccc_product_kinds", "The CCC catalogue covers 96 kinds of products."),
    ("import_fail_rate", "The failure rate of imports was 7.9%."),
    ("import_food_rejected_weight", "Customs destroyed 28,000 tonnes of imported food."),
    ("import_food_rejected_value", "Customs sent back imported food worth 51 million dollars."),
    ("gas_cylinders", "The state keeps count of 270 million gas cylinders."),
    ("pressure_pipeline_length", "Registered pressure pipelines run for 980,000 kilometres."),
    (
        "food_sampling_batches",
        "Food is tested all year. This time offices plan to sample 6.2 million batches.",
    ),
    (
        "life_service_satisfaction_score",
        "Satisfaction was measured again. For life services it was 79.1 points.",
    ),
    (
        "public_service_satisfaction_score",
        "Satisfaction was measured again. For public services it was 80.2 points.",
    ),
    ("vehicles_recalled", "Recalls of cars took in 5.4 million units."),
    ("consumer_product_recall_campaigns", "Makers recalled consumer goods in 690 campaigns."),
    (
        "enterprises_registered",
        "It counts 170 million business entities, of which 52 million are enterprises.",
    ),
    ("new_enterprises", "It counts 21 million new business entities, of which 6.1 million are enterprises."),
    ("target_key_fields", "The plan sets out tasks in nine fields."),
    ("iso_iec_secretariats", "It leads 91 ISO and IEC secretariats."),
    ("consumer_products_recalled", "Makers recalled 9.3 million pieces of defective consumer goods."),
    (
        "new_enterprises",
        "It newly registered 24 million business entities, including 8.1 million enterprises.",
    ),
    (
        "new_individual_businesses",
        "It newly registered 24 million business entities, including 15 million individual businesses.",
    ),
    ("consumer_satisfaction_score", "The consumer satisfaction index for 100 cities was 80.31."),
    ("consumer_satisfaction_score", "Overall consumer satisfaction was 79.96 points, up 0.7 points."),
    ("service_satisfaction_score", "The customer satisfaction index of the service industry came to 79."),
    ("mandatory_national_standards", "Of the national standards, 2,100 are mandatory national standards."),
    ("enterprise_standards", "Enterprises have self-declared 3.3 million standards."),
    ("iso_iec_secretariats", "It serves as secretariat for 82 ISO technical committees."),
    (
        "social_public_measurement_standards",
        "A total of 63,000 standards of measurement for public use have been established.",
    ),
    (
        "industry_metrology_centers",
        "A total of 26 national centers for industrial measurement and testing have been built.",
    ),
    ("inspection_testing_revenue", "Inspection and testing institutions earned 488 billion yuan."),
    ("inspection_reports_issued", "Inspection and testing institutions issued 605 million reports."),
    ("inspection_testing_staff", "Inspection and testing institutions employ 1.56 million people."),
    ("iso9001_certificates", "ISO 9001 certificates number 551,855."),
    ("iso14001_certificates", "ISO 14001 certificates number 295,000."),
    ("import_food_rejected_weight", "The imported food denied entry weighed 34,000 tonnes."),
    ("import_food_rejected_value", "Imported food denied entry was worth 44 million dollars."),
    ("leading_group_member_departments", "The leading group is made up of 33 departments."),
    ("enterprises_registered", "Of the business entities, 58.3 million were enterprises."),
    (
        "national_spot_check_pass_rate",
        "National spot checks took in 90 kinds of products. The overall pass rate was 90.4%.",
    ),
    (
        "national_spot_check_fail_rate",
        "National spot checks took in 90 kinds of products. The overall failure rate was 9.6%.",
    ),
    ("food_sampling_pass_rate", "Offices sampled food all year. The overall pass rate came to 97.5%."),
    ("food_sampling_fail_rate", "Offices sampled food all year. The overall failure rate came to 2.5%."),
    (
        "agricultural_product_monitoring_pass_rate",
        "Offices sampled farm produce in all regions. The overall pass rate came to 97.2%.",
    ),
    ("drug_sampling_pass_rate", "Laboratories sampled drugs all year. The overall pass rate came to 99.3%."),
    ("consumer_complaints", "The hotline took 24 million requests, of which 12.6 million were complaints."),
    ("national_standards", "It issued 2,400 national standards, bringing the total to 43,000."),
    ("local_standards", "Provinces filed 5,100 local standards, bringing the total to 64,000."),
    ("group_standards", "Associations filed 9,200 group standards, bringing the total to 71,000."),
    ("reference_materials", "It approved 900 new reference materials, for a total of 15,800."),
    ("business_entities", "It registered 20 million business entities, bringing the total to 178 million."),
    ("geographical_indications", "It recognized 9 geographical indications, bringing the total to 2,411."),
    ("measuring_instruments_verified", "Verification offices tested 77 million measuring instruments."),
    ("certificates_management_system", "Of the certificates, 1.8 million are for management systems."),
    (
        "inspection_testing_institutions",
        "The inspection and testing industry grows. The number of institutions came to 52,300.",
    ),
    ("quality_award_organizations", "The quality award is ten years old. It has gone to 48 organizations."),
    (
        "individual_businesses",
        "It counts 170 million business entities. Of these, 52 million are firms and 115 million are individual.",
    ),
    ("individual_businesses", "Individual businesses are many. Their number has passed 123 million."),
    (
        "new_business_entities",
        "Business entities abound. In the first half of the year, 13.2 million were newly set up.",
    ),
    ("geographical_indications", "Geographical indications are many. In Yunnan alone 41 are on the books."),
]


@pytest.mark.parametrize(("indicator", "text"), INDICATORS)
def test_a_plain_sentence_maps_to_its_indicator(read, indicator, text):
    assert indicator in [figure.indicator for figure in read(text)]


def test_every_row_has_a_sentence(rows_without_example):
    assert rows_without_example("en", INDICATORS) == []


# A part, a neighbour or a change must not pass for the total.
LOOK_ALIKES = [
    (
        "manufacturing_product_qualification_rate",
        "In spot checks the pass rate of manufactured toys was 88%.",
    ),
    ("national_spot_check_pass_rate", "In random checks of drugs the pass rate was 99%."),
    ("national_spot_check_pass_rate", "In random checks of imported goods the pass rate was 82%."),
    ("national_spot_check_fail_rate", "In national spot checks sold online the failure rate was 21%."),
    ("spot_check_batches", "The spot checks found 2,003 batches unqualified."),
    ("food_sampling_pass_rate", "The pass rate of agricultural food products was 97%."),
    ("food_sampling_batches", "Of food 3,400 failed batches were tested again."),
    (
        "agricultural_product_monitoring_pass_rate",
        "The pass rate of farm produce such as vegetables was 97.8%.",
    ),
    ("drug_sampling_pass_rate", "The pass rate of essential drugs was 99.8%."),
    ("consumer_satisfaction_score", "Consumer satisfaction with services scored 80.3."),
    ("quality_violation_cases", "Officers closed 56,700 cases of food quality offences."),
    ("enterprises_punished", "Watchdogs punished 12 food companies."),
    (
        "case_goods_value",
        "The value of goods for export was 9 million yuan.",
    ),
    ("consumer_complaints", "Platforms took in 3 million complaints on online sales."),
    ("vehicle_recall_campaigns", "For electric cars makers held 72 recalls."),
    ("vehicles_recalled", "Makers recalled 1.6 million electric vehicles."),
    ("vehicles_recalled", "Makers recalled 90,000 imported vehicles."),
    ("vehicles_recalled", "By over-the-air upgrades makers recalled 4.1 million vehicles."),
    ("consumer_product_recall_campaigns", "For children's consumer goods makers held 70 recalls."),
    ("consumer_products_recalled", "Makers recalled 2 million toys, all consumer products."),
    ("national_standards", "The administration published 2,902 national standards."),
    ("standards_total", "The number of group standards is 74,000."),
    ("certificates_valid", "Certifiers count 780,000 valid ISO 9001 certificates."),
    ("certified_organizations", "Certifiers certified 40 private institutions."),
    ("inspection_testing_institutions", "It counts 31,000 private inspection and testing institutions."),
    ("inspection_testing_revenue", "Private inspection and testing brought a revenue of 190 billion yuan."),
    ("cooperation_partner_countries", "It exchanges goods worth a lot with 100 countries."),
    ("import_batches_rejected", "At the border customs rejected 210 batches of toys."),
    ("elevators_in_use", "There are 736,800 elevators in use for more than 15 years."),
    ("special_equipment_units", "Of special equipment it counts 10.6 million units of lifts."),
    ("special_equipment_accidents", "Special equipment caused 7 major accidents."),
    ("business_entities", "It counts 32.7 million new business entities."),
    ("individual_businesses", "It counts 22 million new individual businesses."),
    ("enterprises_registered", "The number of registered foreign enterprises is 58,000."),
    ("manufacturing_product_qualification_rate", "The pass rate of manufactured goods rose by 2 percent."),
    ("vehicles_recalled", "The number of recalled vehicles rose by 300,000 vehicles."),
    ("vehicles_recalled", "Daimler recalled 56,000 vehicles."),
    ("consumer_complaints", "Platforms took in 214,000 complaints that concerned catering."),
    ("consumer_complaints", "In June 214,000 complaints concerned catering services."),
    ("spot_check_failed_batches", "Spot checks on kettles found 56 batches unqualified."),
    ("enterprises_inspected", "Inspection reports were sent to 200 enterprises."),
    ("enterprises_punished", "The fined firm sold its goods to 30 enterprises."),
    ("fines_amount", "The bakery was fined 3 million yuan."),
    ("conference_participants", "The programme drew 1,200 participants."),
    ("import_source_countries", "It exports food to 30 countries."),
    ("national_standards", "It will revise 300 national standards."),
    ("food_safety_standards", "It issued 48 new food safety standards."),
    ("gas_cylinders", "Inspectors seized 900 gas cylinders."),
]


@pytest.mark.parametrize(("indicator", "text"), LOOK_ALIKES)
def test_a_look_alike_is_not_the_indicator(read, indicator, text):
    figures = read(text)
    assert figures
    assert indicator not in [figure.indicator for figure in figures]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("Bakers sold 340 cakes.", "unmapped"),
        ("Exports rose by 5.2%.", "not_applicable"),
        ("The rate rose by 0.5 percentage points.", "not_applicable"),
    ],
)
def test_a_figure_without_an_indicator_says_why(read_one, text, reason):
    figure = read_one(text)
    assert (figure.indicator, figure.reasons["indicator"]) == (None, reason)


def test_the_measure_is_named_after_the_indicator_or_what_is_counted(read_one, vocabulary):
    named = read_one("Makers recalled 6.728 million vehicles.")
    assert named.measure == vocabulary.indicators["vehicles_recalled"].name
    assert read_one("Bakers sold 340 cakes.").measure == "cakes"


def test_several_figures_of_a_sentence_map_each_by_its_own_clause(read):
    text = "Officers closed 56,700 cases of quality offences, and makers recalled 6.7 million vehicles."
    assert [figure.indicator for figure in read(text)] == ["quality_violation_cases", "vehicles_recalled"]


# A part: the indicator of the whole is not given, and the part is named.
PARTS = [
    ("In national spot checks the pass rate of toys was 88%.", "toys"),
    ("For kettles, the pass rate in spot checks was 91%.", "kettles"),
    ("The toy pass rate in national spot checks was 88%.", "toy"),
    ("In the monitoring of farm produce the pass rate of pears was 92%.", "pears"),
    ("Makers recalled 90,000 imported vehicles.", "imported"),
    ("Makers recalled 1.2 million Daimler vehicles.", "Daimler"),
    ("Platforms took in 90,000 complaints about prepaid cards.", "prepaid cards"),
    ("For aviation the adoption rate of international standards was 91%.", "aviation"),
    ("Livestreaming led to 40,000 complaints from consumers.", "Livestreaming"),
]


@pytest.mark.parametrize(("text", "part"), PARTS)
def test_a_part_is_named_and_is_not_the_whole(read_one, text, part):
    figure = read_one(text)
    assert (figure.indicator, figure.breakdown) == (None, part)


WHOLES = [
    ("national_spot_check_pass_rate", "The overall pass rate of products in national spot checks was 91%."),
    ("national_spot_check_pass_rate", "According to the report, the pass rate in spot checks was 91%."),
    ("manufacturing_product_qualification_rate", "The pass rate of Guangdong's manufactured goods was 94%."),
    ("vehicles_recalled", "Nationwide, 5 million defective vehicles were recalled."),
    ("consumer_complaints", "Last year officials handled 16 million consumer complaints and reports."),
]


@pytest.mark.parametrize(("indicator", "text"), WHOLES)
def test_a_place_or_an_empty_word_leaves_the_whole_whole(read_one, indicator, text):
    figure = read_one(text)
    assert (figure.indicator, figure.breakdown) == (indicator, None)


def test_a_part_is_carried_on_through_its_sentence(read):
    first, second = read(
        "Livestreaming led to 40,000 complaints, and 8 million yuan was recovered for consumers."
    )
    assert (first.indicator, second.indicator) == (None, None)
    assert second.breakdown == "Livestreaming"


def test_a_subset_of_what_was_stated_is_not_the_same_again(read):
    text = "Makers of cars held 214 recalls. Of the 214 recalls, 81 recalls followed an investigation."
    first, again, subset = read(text)
    assert (first.indicator, again.indicator) == ("vehicle_recall_campaigns", "vehicle_recall_campaigns")
    assert subset.indicator is None


def test_a_pronoun_stands_for_the_subject_of_the_sentence_before(read_one):
    figure = read_one("Individual businesses are small. By June they came to 119 million.")
    assert figure.indicator == "individual_businesses"


def test_two_indicators_that_hold_equally_are_ambiguous(read_one):
    figure = read_one("Under ISO 9001 and ISO 14001 certifiers issued 780,000 certificates.")
    assert (figure.indicator, figure.reasons["indicator"]) == (None, "ambiguous")


def test_the_paragraph_tells_what_accidents_are_meant(read):
    first, second = read("Special equipment caused 71 accidents. In 2019 there were 130 accidents.")
    assert first.indicator == second.indicator == "special_equipment_accidents"


def test_the_paragraph_goes_on_about_the_part_that_it_counted(read):
    text = (
        "In a spot check 1,203 batches of kettles made by 1,066 enterprises were tested. 107 batches failed."
    )
    figures = read(text, publisher="State Administration for Market Regulation")
    assert [(figure.indicator, figure.breakdown) for figure in figures] == [(None, "kettles")] * 3


def test_what_comes_on_top_of_a_total_is_not_the_total(read):
    total, more = read(
        "In 2023 SAMR announced 340 vehicle recalls; electric models added another 72 recalls."
    )
    assert (total.indicator, more.indicator) == ("vehicle_recall_campaigns", None)


@pytest.mark.parametrize(
    "text",
    [
        "The association took in 1.1 million complaints and settled 915,752.",
        "The agency surveyed 1,018 consumer products, of which some were recalled.",
        "For compulsory certification there are 37 certification bodies.",
    ],
)
def test_a_neighbour_of_a_measure_is_not_that_measure(read, text):
    figure = read(text)[-1]
    assert (figure.indicator, figure.reasons["indicator"]) == (None, "unmapped")


SPOT_CHECK = "Results of the provincial spot checks"


def test_checks_are_told_in_many_words_where_the_document_is_of_a_spot_check(read):
    text = (
        "The bureau examined 20 kinds of household and industrial goods. "
        "Inspectors bought 340 batches from 210 firms. Of these, 31 batches failed."
    )
    assert [figure.indicator for figure in read(text.replace("household", "consumer"), title=SPOT_CHECK)] == [
        "spot_check_product_kinds",
        "spot_check_batches",
        "enterprises_spot_checked",
        "spot_check_failed_batches",
    ]


@pytest.mark.parametrize(
    ("indicator", "text"),
    [
        ("consumer_products_recalled", "The agency announced 30 recalls of 19.7 million product units."),
        ("vehicle_recall_campaigns", "Cars were checked. In May there were another 28 recalls of vehicles."),
        ("cmc_recognised", "1,310 of our calibration and measurement capabilities were recognised."),
        ("inspection_testing_revenue", "Inspection and testing institutions will take in 510 billion yuan."),
    ],
)
def test_more_wordings_of_an_indicator(read, indicator, text):
    assert read(text)[-1].indicator == indicator


def test_revenue_per_person_is_not_all_revenue(read_one):
    text = "In inspection and testing the revenue per person stood at 306,000 yuan."
    assert read_one(text).indicator is None


def test_a_standard_with_its_year_still_tells_what_is_certified(read_one):
    text = "Under ISO 9001:2015 certifiers issued 780,000 certificates."
    assert read_one(text).indicator == "iso9001_certificates"
