"""The same statistics in other words, and neighbours of them that the catalogue does not have."""

import pytest

ENGLISH = [
    ("food_sampling_pass_rate", "Of all food tested, 98.2 percent was found to be safe."),
    ("drug_sampling_batches", "Drug sampling covered 15,300 batches."),
    ("cases_transferred_to_police", "Quality authorities referred 610 cases to prosecutors and police."),
    ("fines_amount", "Market watchdogs across China slapped fines worth 4.7 billion yuan on violators."),
    ("consumer_complaints", "Complaints and reports lodged by consumers climbed to 15.9 million."),
    ("consumer_losses_recovered", "Regulators' mediation saved consumers 2.2 billion yuan."),
    ("new_energy_vehicles_recalled", "Last year 4.5 million new energy vehicles were subject to recall."),
    ("consumer_products_recalled", "10.42 million defective consumer products were recalled."),
    ("product_related_injuries", "Injury surveillance: hospitals logged 120,000 product-related injuries."),
    ("national_standards", "The standards library holds 44,000 national standards currently in force."),
    ("standards_foreign_language", "Foreign-language editions are available for 1,900 national standards."),
    ("international_standards_led", "Chinese experts chaired the making of 61 international standards."),
    ("iso_iec_secretariats", "ISO and IEC have 96 secretariats based in China."),
    ("certificates_valid", "Certification agencies had issued 3.6 million certificates that remain valid."),
    ("certified_organizations", "Organizations holding certificates came to 1 million."),
    ("inspection_testing_institutions", "Inspection and testing institutions in China numbered 52,769."),
    ("elevators_in_use", "Lifts in service number 10.2 million."),
    ("special_equipment_death_rate", "Fatalities per 10,000 units of special equipment stood at 0.06."),
    ("special_equipment_deaths", "A total of 99 people lost their lives in special equipment accidents."),
    ("individual_businesses", "The country's individually run businesses now exceed 110 million."),
    ("new_business_entities", "In the first quarter, 7.3 million business entities came into being."),
    ("geographical_indications", "2,391 geographical indication products are under state protection."),
    ("import_source_countries", "Imported food from 179 countries and regions can now enter China."),
    ("quality_award_organizations", "The prize was awarded to ten organizations for outstanding quality."),
    ("target_measures", "The action plan names 18 specific measures."),
    ("chief_quality_officers", "There are 470,000 chief quality officers in enterprises."),
    ("leading_group_member_departments", "The group comprises 31 member departments."),
    ("inspection_reports_issued", "They issued 650 million test reports in 2022."),
    ("national_standards_issued", "In 2023, 2,902 national standards were issued."),
    ("enterprise_standards", "Enterprises made public 3.3 million enterprise standards."),
    ("conference_participants", "More than 1,000 delegates attended the China Quality Conference."),
    ("food_safety_standards", "China has drawn up 1,455 national food safety standards so far."),
    ("measuring_instruments_verified", "103 million measuring instruments were calibrated or verified."),
    ("invention_patents_per_10000", "For every 10,000 people there were 9.4 high-value invention patents."),
    ("brands_global_top_500", "48 Chinese brands made it onto the world's top 500 brand list."),
    ("national_spot_check_pass_rate", "Pass rate of national supervision and spot checks: 92%"),
    ("food_sampling_fail_rate", "The failure rate of food sampling stood at 2.86 percent."),
    ("drug_sampling_pass_rate", "The pass rate of drug sampling inspections was 99.4 percent."),
    ("life_service_satisfaction_score", "Satisfaction with life services scored 80.78."),
    ("consumer_satisfaction_score", "Consumer satisfaction came in at 79.9 points in 2023."),
    ("food_violation_cases", "A total of 280,000 food safety cases were investigated."),
    ("enterprises_punished", "Penalties were imposed on 11,000 manufacturers that broke quality rules."),
    ("case_goods_value", "Cases handled involved goods valued at 2.15 billion yuan."),
    ("key_products_addressed", "The campaign addressed quality problems in 20 key consumer products."),
    ("enterprises_inspected", "Inspectors checked 880,000 enterprises during the campaign."),
    ("online_shopping_complaints", "Complaints about online shopping numbered 9.8 million."),
    ("vehicle_recall_campaigns", "In 2022, 204 auto recalls were implemented in China."),
    ("vehicles_recalled", "Over 6.728 million defective vehicles were recalled in 2023."),
    ("consumer_product_recall_campaigns", "There were 650 consumer product recalls in 2022."),
    ("standards_total", "The total number of standards in China reached 3.3 million."),
    ("mandatory_national_standards", "There are 2,117 mandatory national standards in force."),
    ("industry_standards", "Industry standards on file numbered 79,000."),
    ("group_standards", "Social organizations published 74,240 group standards."),
    ("technical_committees", "There are 1,321 technical committees for standardization."),
    ("social_public_measurement_standards", "It has built 66,000 public measurement standards."),
    ("reference_materials", "There are 16,000 national reference materials."),
    ("new_reference_materials", "Last year 1,200 new national reference materials were approved."),
    ("quality_standard_laboratories", "30 national quality standard laboratories will be set up."),
    ("nqi_service_platforms", "One-stop quality infrastructure service platforms reached 1,800."),
    ("certificates_management_system", "1.9 million management system certificates were in force."),
    ("certification_bodies", "There were 1,242 certification bodies at the end of 2023."),
    ("accredited_institutions", "CNAS has accredited 15,000 conformity assessment bodies."),
    ("iso9001_certificates", "China holds 780,000 ISO 9001 certificates, the most in the world."),
    ("iso14001_certificates", "410,000 ISO 14001 certificates were valid."),
    ("import_fail_rate", "The failure rate of imported goods in inspection was 7.9 percent."),
    ("joint_issuing_departments", "Eighteen departments including SAMR jointly issued the plan."),
    ("quality_pilot_cities", "24 cities have been named national quality demonstration cities."),
    ("special_equipment_units", "China has 21.3 million units of special equipment."),
    ("business_entities", "The number of business entities reached 184 million."),
    ("new_enterprises", "10.03 million new enterprises were set up."),
    ("new_individual_businesses", "22.58 million individual businesses were newly registered."),
    ("target_key_fields", "The plan covers 11 key fields."),
    (
        "manufacturing_product_qualification_rate",
        "By 2025 the quality acceptance rate of manufactured products will reach 94 percent.",
    ),
    ("national_spot_check_pass_rate", "In state-level spot checks, 91.6 percent of the products passed."),
    (
        "national_spot_check_fail_rate",
        "The disqualification rate in national product quality spot checks was 10.2 percent.",
    ),
    ("spot_check_failed_batches", "Of the products spot-checked, 980 batches did not meet standards."),
    (
        "food_sampling_pass_rate",
        "Sampling inspections of food products reported a compliance rate of 97.3 percent.",
    ),
    ("food_sampling_fail_rate", "The substandard rate in food safety sampling was 2.69 percent."),
    (
        "agricultural_product_monitoring_pass_rate",
        "Some 97.6 percent of farm produce met safety standards in routine inspections.",
    ),
    (
        "drug_sampling_pass_rate",
        "The compliance rate of medicines in the national sampling was 99.1 percent.",
    ),
    (
        "construction_acceptance_rate",
        "All large and medium-sized projects passed acceptance, with the project acceptance rate at 100 percent.",
    ),
    (
        "consumer_goods_intl_standard_consistency_rate",
        "Standards in major consumer goods fields are over 95 percent in line with international standards.",
    ),
    ("service_satisfaction_score", "Service quality satisfaction reached 80.9 points."),
    (
        "quality_violation_cases",
        "In 2023, 24,000 cases of illegal product quality practices were wrapped up.",
    ),
    (
        "market_violation_cases",
        "Across the country 680,000 cases of violations of market rules were investigated and dealt with.",
    ),
    ("enterprises_punished", "Regulators imposed penalties on 3,400 companies."),
    ("food_violation_cases", "Market regulators filed 280,000 food-related cases."),
    ("case_goods_value", "The quality cases had a total goods value of 1.8 billion yuan."),
    ("fines_amount", "Offenders were fined a total of 310 million yuan."),
    ("enterprises_inspected", "Inspections were carried out at 340,000 enterprises."),
    ("cases_transferred_to_police", "Authorities passed 480 cases to the judiciary."),
    (
        "consumer_contacts_received",
        "Market regulators handled 24.2 million consumer complaints, reports and consultations.",
    ),
    ("online_shopping_complaints", "Complaints related to online shopping totaled 9.8 million."),
    ("ota_vehicles_recalled", "Over-the-air updates were used to recall 4.07 million vehicles."),
    ("new_energy_recall_share", "The share of new energy vehicles in vehicles recalled was 39.8 percent."),
    ("consumer_product_recall_campaigns", "Consumer products were recalled 570 times."),
    ("standards_total", "There are 3.4 million standards of all types in force."),
    ("national_standards", "The current national standards number 41,700."),
    ("national_standards_issued", "In 2022 the administration unveiled 1,300 new national standards."),
    ("food_safety_standards", "China now has 1,725 national standards for food safety."),
    (
        "international_standards_led",
        "China has led the development of more than 800 ISO and IEC international standards.",
    ),
    (
        "international_standards_adoption_rate",
        "International standards were adopted at a rate of 88 percent.",
    ),
    ("iso_iec_secretariats", "China hosts the secretariats of 71 technical bodies of ISO and IEC."),
    ("standards_foreign_language", "English versions of 1,400 national standards have been published."),
    ("national_measurement_standards", "There are 185 national primary standards of measurement."),
    (
        "cmc_recognised",
        "1,779 of China's measurement and calibration capabilities have won international recognition.",
    ),
    ("measuring_instruments_verified", "Verification was carried out on 103 million measuring instruments."),
    ("nqi_service_platforms", "NQI one-stop service platforms number 1,700."),
    ("certificates_valid", "A total of 3.4 million certification certificates were in effect."),
    ("certificates_management_system", "Certificates for management systems totaled 2.1 million."),
    ("ccc_product_kinds", "There are 96 types of products subject to CCC certification."),
    ("inspection_testing_staff", "There are 1.51 million people working in inspection and testing."),
    ("accredited_institutions", "A total of 14,000 bodies hold CNAS accreditation."),
    ("iso9001_certificates", "The number of valid ISO 9001 certificates was 860,000."),
    ("iso14001_certificates", "The number of valid ISO 14001 certificates was 430,000."),
    ("imported_food_kinds_approved", "A total of 400 kinds of food were given market access."),
    ("import_source_countries", "A total of 37 countries and regions were granted access for their foods."),
    (
        "joint_issuing_departments",
        "The opinions were issued by nine government departments including the NDRC.",
    ),
    ("quality_pilot_cities", "The country has 71 demonstration cities for quality."),
    ("elevators_in_use", "The country's elevators totaled 10.63 million."),
    ("enterprises_registered", "The number of enterprises reached 60 million."),
    ("individual_businesses", "The number of self-employed individuals in business reached 119 million."),
    ("brands_global_top_500", "73 Chinese brands entered the Brand Finance Global 500."),
    ("invention_patents_per_10000", "There are 10.2 high-value invention patents for every 10,000 people."),
    ("target_measures", "The document rolls out 25 measures."),
]

CHINESE = [
    ("manufacturing_product_qualification_rate", "力争制造业产品质量合格率达到95%。"),
    ("food_sampling_batches", "各级监管部门对食品开展监督抽检，共完成210万批次。"),
    ("cases_transferred_to_police", "移送公安机关案件线索610条。"),
    ("consumer_complaints", "全年消费者投诉举报量达到1590万件。"),
    ("consumer_products_recalled", "消费品召回数量760万件。"),
    ("standards_foreign_language", "国家标准外文版累计发布1900项。"),
    ("international_standards_led", "我国主导制定的国际标准超过1200项。"),
    ("national_quality_inspection_centers", "累计建成870个国家质检中心。"),
    ("elevators_in_use", "全国电梯保有量1020万台。"),
    ("special_equipment_death_rate", "万台特种设备死亡率降至0.06。"),
    ("special_equipment_deaths", "特种设备事故导致99人死亡。"),
    ("individual_businesses", "全国实有个体工商户1.1亿户。"),
    ("geographical_indications", "地理标志产品总数达2391个。"),
    ("import_batches_rejected", "海关依法退运或销毁不合格进口食品2900批次。"),
    ("chief_quality_officers", "全国首席质量官达到47万名。"),
    ("online_shopping_complaints", "其中网络购物投诉780万件。"),
    ("agricultural_product_monitoring_pass_rate", "三季度农产品质量安全例行监测合格率97.6%。"),
    ("public_service_satisfaction_score", "公众对公共服务质量的满意度为80.45分。"),
    ("food_safety_standards", "截至2022年底，全国共有食品安全国家标准1478项。"),
    ("measuring_instruments_verified", "全年检定强检计量器具1.03亿台件。"),
    ("brands_global_top_500", "入选世界品牌500强的中国品牌增至79个。"),
    ("construction_acceptance_rate", "工程质量竣工验收一次合格率98.9%。"),
    ("life_service_satisfaction_score", "服务质量监测显示，生活性服务质量满意度79.2分。"),
    ("conference_participants", "大会吸引了900多名中外嘉宾。"),
    ("national_spot_check_pass_rate", "国家监督抽查产品合格率为91.2%。"),
    ("manufacturing_quality_competitiveness_index", "制造业质量竞争力指数达到85.6，位居全国前列。"),
    ("food_sampling_pass_rate", "全国食品安全监督抽检总体合格率为97.6%。"),
    ("drug_sampling_pass_rate", "国家药品抽检合格率为99.43%。"),
    ("consumer_goods_intl_standard_consistency_rate", "主要消费品领域与国际标准一致性程度达到95%。"),
    ("consumer_satisfaction_score", "消费者总体满意度为79.9分。"),
    ("market_violation_cases", "全系统共查处各类市场监管违法案件61万件。"),
    ("food_violation_cases", "市场监管部门查办食品案件28万件。"),
    ("enterprises_punished", "依法处罚违法生产企业2.3万家。"),
    ("case_goods_value", "案件货值金额21.5亿元。"),
    ("fines_amount", "全年罚没金额84亿元。"),
    ("key_products_addressed", "重点整治20种重点消费品质量问题。"),
    ("enterprises_inspected", "共检查企业88万家次。"),
    ("consumer_contacts_received", "全国12315平台共受理消费者投诉、举报和咨询3300万件。"),
    ("consumer_losses_recovered", "为消费者挽回经济损失44亿元。"),
    ("new_energy_vehicles_recalled", "召回新能源汽车160万辆。"),
    ("product_related_injuries", "全国产品伤害监测医院采集产品伤害案例15.1万例。"),
    ("standards_total", "我国各类标准总数达330万项。"),
    ("national_standards", "现行有效国家标准44499项。"),
    ("national_standards_issued", "全年批准发布国家标准2902项。"),
    ("mandatory_national_standards", "强制性国家标准2117项。"),
    ("local_standards", "备案地方标准6.7万项。"),
    ("group_standards", "全国团体标准信息平台公布团体标准7.4万项。"),
    ("enterprise_standards", "企业自我声明公开标准330万项。"),
    ("international_standards_adoption_rate", "国际标准转化率达到85%以上。"),
    ("iso_iec_secretariats", "承担ISO、IEC技术机构秘书处89个。"),
    ("technical_committees", "全国专业标准化技术委员会达1321个。"),
    ("new_reference_materials", "新批准国家标准物质1200种。"),
    ("cmc_recognised", "国际互认的校准测量能力达1860项，位居世界前列。"),
    ("industry_metrology_centers", "批准筹建国家产业计量测试中心61家。"),
    ("quality_standard_laboratories", "布局建设国家质量标准实验室30个。"),
    ("nqi_service_platforms", "建成质量基础设施“一站式”服务平台1430个。"),
    ("certificates_valid", "各类有效认证证书达346万张。"),
    ("certificates_management_system", "管理体系认证证书190万张。"),
    ("compulsory_certificates", "有效强制性产品认证证书69万张。"),
    ("certification_bodies", "全国共有认证机构1242家。"),
    ("accredited_institutions", "累计认可各类合格评定机构15000家。"),
    ("import_fail_rate", "进口工业品法定检验不合格率为5.2%。"),
    ("import_export_batches_inspected", "检验检疫进出口货物1520万批。"),
    ("leading_group_member_departments", "领导小组由33个成员单位组成。"),
    ("joint_issuing_departments", "市场监管总局等18部门联合印发行动方案。"),
    ("business_entities", "全省经营主体总量突破1000万户。"),
    ("target_key_fields", "方案聚焦11个重点领域。"),
    ("target_measures", "意见提出36条具体措施。"),
]

# Moves of a stock, acts on what is counted, parts of a whole, other measures of the same thing.
ENGLISH_NEIGHBOURS = [
    "In the province, 640 enterprises were caught breaking advertising rules.",
    "The association of elevator makers has 300 members.",
    "In the past five years, food-related complaints have doubled to 1.3 million.",
    "China joined 30 technical committees of ISO.",
    "Test reports for 340 toys were forged.",
    "Online shopping disputes accounted for 46 percent of complaints.",
    "For vegetables it was 96.9 percent.",
    "The tally of private enterprises exceeded 53 million.",
    "It updated 67 of the food safety standards.",
    "In a campaign on gas stoves, 23,000 shops were checked and 1,200 cases opened.",
    "By 2027, the pass rate of key products in spot checks should reach 93 percent.",
    "The pass rate of provincial spot checks was 93 percent.",
    "The quality competitiveness index of the electronics industry was 88.1.",
    "In food sampling inspections, the pass rate of grain products was 98.6 percent.",
    "Some 11,000 batches of dairy products were sampled.",
    "Pass rates of essential medicines reached 99.8 percent.",
    "Consumers gave the city a satisfaction score of 81.5 points.",
    "Regulators handled 21,000 cases of price violations.",
    "Some 120 food companies were punished.",
    "In food cases, fines of 1.2 billion yuan were imposed.",
    "Inspections covered 4,100 cosmetics companies.",
    "Complaints about catering services totaled 214,000.",
    "Online shoppers recovered 120 million yuan in losses.",
    "The carmaker will recall 38,000 vehicles.",
    "Falls from bunk beds caused 430 injuries.",
    "The committee released 85 national standards on consumer goods.",
    "The commission published 47 new national food safety standards.",
    "By the end of 2025, the province will formulate 200 local standards.",
    "Last year 17,000 new group standards were added.",
    "Regulators revoked the licences of 12 certification bodies.",
    "A total of 59 batches of substandard toys were stopped at the border.",
    "New foreign enterprises numbered 61,000.",
    "Police solved 6,700 cases of counterfeit goods and detained 9,000 suspects.",
    "The customs seized 1.2 million fake goods worth 30 million yuan.",
    "The survey covered 5,000 consumers in 20 cities.",
    "Over 80 percent of complaints were resolved within 7 days.",
    "Tourists lodged 3,200 complaints about hotels.",
    "A total of 15 recalls of imported cars were announced, involving 23,000 vehicles.",
    "The plan will create 1,000 smart factories and 50 industrial clusters.",
    "China drafted 40 percent of the standards.",
    "A total of 120 experts joined the working group on standards.",
    "The fire killed 12 people and injured 30 in an elevator shaft.",
    "An explosion at a chemical plant caused 78 deaths.",
    "The factory produces 1.2 million elevators a year.",
    "Boiler makers reported 300 inspections.",
    "New energy vehicles accounted for 31.6 percent of car sales.",
    "The number of farmers' cooperatives reached 2.2 million.",
    "More than 300,000 enterprises closed last year.",
    "The pass rate of drinking water was 95 percent.",
    "The qualification rate of compulsory products such as cables was 90 percent.",
    "Qualified suppliers made up 60 percent.",
    "Satisfaction with property management scored 68.9 points.",
    "The consumer confidence index stood at 88.7.",
    "The consumer price index was 100.2.",
    "Hospitals treated 14,000 patients injured by fireworks.",
    "Importers brought in 3.2 million tonnes of frozen meat.",
    "Customs tested 12,000 batches of exported tea.",
    "The inspection team visited 15 provinces.",
    "It ordered 450 enterprises to rectify problems.",
    "Inspectors found problems at 340 of the 1,000 shops they visited.",
    "The agency signed contracts worth 12 billion yuan.",
    "China exports steel to 120 countries.",
    "The award carries a prize of 3 million yuan.",
    "The patent office granted 798,000 invention patents.",
    "The number of geographical indication trademarks reached 7,000.",
    "The law contains 6 chapters and 70 articles.",
    "The reform affected 33 departments.",
    "The standard sets limits for 17 heavy metals.",
    "The notice applies to 18 product categories.",
    "Some 20 certification bodies were warned.",
    "Organic product certificates totaled 27,000.",
    "Laboratories in the province issued 2.3 million reports on COVID tests.",
    "The industry employs 3 million people.",
    "Gas cylinders exploded in 3 restaurants.",
    "Per 10,000 vehicles there were 1.4 deaths.",
    "Daily necessities accounted for 35 percent of the complaints.",
    "Anti-monopoly penalties reached 23.6 billion yuan.",
    "The equipment manufacturing sector had a product qualification rate of 95.1 percent.",
    "Spot checks found 1,200 enterprises with substandard products.",
    "Sampling found 120 batches of drugs substandard.",
    "The association issued 12 group standards.",
    "The website has 12 foreign language versions.",
    "120 testing staff hold doctorates.",
    "120 ISO 9001 auditors were trained.",
    "80 organizations were nominated for the quality award.",
    "300 organizations applied for the quality award.",
    "80 individuals were nominated for the quality award.",
    "Elevator deaths per 10,000 units were 0.03.",
    "3 million individual businesses got loans.",
    "The institute holds 12 accredited laboratories and wrote 230,000 test reports last year.",
    "The company holds 45 ISO 9001 certificates.",
    "The state sealed 3,200 lifts.",
    "Inspectors spot-checked 210 batches of electric bicycles from 180 firms.",
    "The largest recall took in 1.6 million cars.",
]

CHINESE_NEIGHBOURS = [
    "制定国家标准样品1600项。",
    "化妆品抽检合格率98.8%。",
    "食品类投诉130万件。",
    "查获假冒食品1.2吨。",
    "从抽检食品类别看，蔬菜制品抽检不合格率为4.1%。",
    "发动机和电子电器为主要缺陷总成，分别占召回数量的45%和20%。",
    "从产地看，来自日本的有120批。",
    "电梯万台死亡率为0.03。",
    "重点工业产品抽查合格率提高到93%。",
    "每千人商标拥有量30件。",
    "国家监督抽查中，儿童服装合格率为85.3%。",
    "抽查电动自行车120批次，发现不合格18批次。",
    "其中，乳制品抽检合格率99.87%，粮食加工品抽检合格率98.9%。",
    "蔬菜、水果、茶叶合格率分别为97.2%、98.6%和98.9%。",
    "公共交通满意度得分76.2分。",
    "查处价格违法案件2.1万件。",
    "食品案件罚没款12亿元。",
    "检查食品生产企业3.2万家次。",
    "餐饮服务投诉21万件，汽车投诉9万件。",
    "儿童用品召回253次，涉及90万件。",
    "全年发布强制性国家标准97项。",
    "每年制定地方标准30项以上。",
    "全年发布地方标准85项。",
    "采用国际标准2.1万项。",
    "民营检验检测机构3.1万家。",
    "民营经济主体1.7亿户。",
    "全年认定地理标志产品5个。",
    "公安机关侦破食品药品案件1.2万起，抓获犯罪嫌疑人1.6万名。",
    "查处商标侵权假冒案件3.75万件。",
    "下架商品12万件，关闭网店3400家。",
    "责令改正企业450家。",
    "水产品合格率为95.8%。",
    "医疗器械抽检5000批次。",
    "网售商品抽查合格率为82%。",
    "医院患者满意度为91分。",
    "政务服务满意度98.5%。",
    "工业生产者出厂价格指数下降2.5%。",
    "某公司召回婴儿推车4000辆。",
    "因安全气囊问题召回车辆160万辆。",
    "全市企业参与制修订国家标准120项。",
    "修订国家标准300项。",
    "我省主导制定国家标准45项。",
    "成立标准化技术组织3个。",
    "培育质量标杆企业100家。",
    "检查计量器具3.2万台件。",
    "有机产品认证证书2.7万张。",
    "对120家检验检测机构进行了处罚。",
    "检验机构出具虚假报告35份。",
    "电梯维保单位1.2万家，从业人员20万人。",
    "加装电梯2600部。",
    "特种设备作业人员持证300万人。",
    "锅炉32万台。",
    "化工厂爆炸造成78人死亡。",
    "新设外商投资企业6.1万户。",
    "注销企业300万户。",
    "规模以上工业企业48万家。",
    "民营企业超过5300万户。",
    "为小微企业减免费用120亿元。",
    "12345热线受理诉求1200万件。",
    "预付卡投诉35万件，占比12%。",
    "为劳动者追回欠薪3亿元。",
    "价格违法案件罚没款3.2亿元。",
    "全国劳动模范120名。",
    "来自40个国家的采购商参展。",
    "双方签署投资协议15项。",
    "我国产品出口到200多个国家和地区。",
    "检疫进口水果120批。",
    "发明专利授权79.8万件。",
    "规划部署了15项重大工程。",
    "通知要求做好5项工作。",
    "部署开展4个专项行动。",
    "该标准规定了17种重金属限量。",
    "全国首席质量官大会有300人参加。",
    "中国品牌日活动举办120场。",
    "该院拥有认可实验室12个，去年出具检测报告23万份。",
    "公司参与制定国家标准12项、团体标准30项。",
    "执法人员查封电梯3200台。",
    "认可实验室超过1.4万家。",
]

# Passages as releases write them: what each figure is, none for those of parts and neighbours.
ENGLISH_PASSAGES = [
    (
        "National spot checks last year took in 141 kinds of products and 19,811 batches. Of these, 1,704 batches "
        "were found substandard, a failure rate of 8.6 percent. The failure rate of toys was 11.2 percent.",
        (
            "spot_check_product_kinds",
            "spot_check_batches",
            "spot_check_failed_batches",
            "national_spot_check_fail_rate",
            None,
        ),
    ),
    (
        "New energy vehicles were subject to 89 recalls covering 4.49 million units. By brand, the largest recall "
        "took in 1.6 million cars.",
        ("new_energy_vehicle_recall_campaigns", "new_energy_vehicles_recalled", None),
    ),
    (
        "There are 53,834 inspection and testing institutions employing 1.56 million people. Over the year they "
        "issued 605 million reports and earned 467 billion yuan. Private firms earned 190 billion yuan.",
        (
            "inspection_testing_institutions",
            "inspection_testing_staff",
            "inspection_reports_issued",
            "inspection_testing_revenue",
            None,
        ),
    ),
    (
        "The country was home to 181 million market entities. Of these, 57.1 million were companies and 122 "
        "million were self-employed traders. In the first three quarters, 24.8 million were newly set up.",
        ("business_entities", "enterprises_registered", "individual_businesses", "new_business_entities"),
    ),
    (
        "Customs detected 2,473 batches of unqualified imported food. These weighed 27,000 tonnes and were worth "
        "63.1 million U.S. dollars. Of them, 310 batches came from one country.",
        ("import_batches_rejected", "import_food_rejected_weight", "import_food_rejected_value", None),
    ),
    (
        "The plan was jointly issued by 16 departments and lays out 28 measures in seven key fields.",
        ("joint_issuing_departments", "target_measures", "target_key_fields"),
    ),
]

CHINESE_PASSAGES = [
    (
        "我国累计召回汽车2423次、9130万辆；累计召回消费品4800次、9000万件。",
        (
            "vehicle_recall_campaigns",
            "vehicles_recalled",
            "consumer_product_recall_campaigns",
            "consumer_products_recalled",
        ),
    ),
    (
        "1.制造业产品质量合格率：94%\n2.制造业质量竞争力指数：86\n3.农产品质量安全例行监测合格率：98%\n"
        "4.公共服务质量满意度：82分",
        (
            "manufacturing_product_qualification_rate",
            "manufacturing_quality_competitiveness_index",
            "agricultural_product_monitoring_pass_rate",
            "public_service_satisfaction_score",
        ),
    ),
    (
        "检验检测行业营收增长9.2%，达4670亿元。机构数量增至53834家，从业人员156万人。查处虚假报告605份。",
        (
            None,
            "inspection_testing_revenue",
            "inspection_testing_institutions",
            "inspection_testing_staff",
            None,
        ),
    ),
]


@pytest.mark.parametrize(("indicator", "text"), ENGLISH)
def test_an_indicator_is_known_in_other_words(read_one, indicator, text):
    assert read_one(text).indicator == indicator


@pytest.mark.parametrize(("indicator", "text"), CHINESE)
def test_an_indicator_is_known_in_other_chinese_words(read_one, indicator, text):
    assert read_one(text, language="zh").indicator == indicator


@pytest.mark.parametrize("text", ENGLISH_NEIGHBOURS)
def test_a_neighbour_of_an_indicator_is_none(read, text):
    figures = read(text)
    assert figures
    assert [figure.indicator for figure in figures if figure.indicator] == []


@pytest.mark.parametrize("text", CHINESE_NEIGHBOURS)
def test_a_chinese_neighbour_of_an_indicator_is_none(read, text):
    figures = read(text, language="zh")
    assert figures
    assert [figure.indicator for figure in figures if figure.indicator] == []


@pytest.mark.parametrize(("text", "indicators"), ENGLISH_PASSAGES)
def test_every_figure_of_a_passage_is_told(read, text, indicators):
    assert tuple(figure.indicator for figure in read(text)) == indicators


@pytest.mark.parametrize(("text", "indicators"), CHINESE_PASSAGES)
def test_every_figure_of_a_chinese_passage_is_told(read, text, indicators):
    assert tuple(figure.indicator for figure in read(text, language="zh")) == indicators


def test_a_stock_and_what_was_added_to_it_are_told_apart(read):
    text = "新登记经营主体30.4万户，总量达到240.8万户，其中企业66.2万户。"
    assert [figure.indicator for figure in read(text, language="zh")] == [
        "new_business_entities",
        "business_entities",
        "enterprises_registered",
    ]


def test_what_a_clause_goes_on_about_is_the_part_of_the_clause_before(read):
    recalls, vehicles = read("In all, 15 recalls of imported cars were announced, involving 23,000 vehicles.")
    assert (recalls.indicator, vehicles.indicator) == (None, None)
    assert vehicles.breakdown == recalls.breakdown == "imported cars"


def test_a_clause_that_goes_on_is_read_together_with_the_one_before(read):
    text = "Makers of new energy vehicles carried out 47 recalls, recalling 1.2 million vehicles."
    assert [figure.indicator for figure in read(text)] == [
        "new_energy_vehicle_recall_campaigns",
        "new_energy_vehicles_recalled",
    ]


@pytest.mark.parametrize(
    "title", ["Results of food sampling in the second quarter", "Drug safety in figures"]
)
def test_fines_in_a_document_about_one_trade_are_not_all_fines(read_one, title):
    text = "Local offices imposed fines of 140 million yuan."
    assert read_one(text, title=title).indicator is None
    assert read_one(text, title="Market regulation in figures").indicator == "fines_amount"


def test_a_count_that_the_figure_stands_for_is_taken_up_again(read):
    first, second = read("Of food 6.1 million batches were sampled. Last year the figure was 5.8 million.")
    assert first.indicator == second.indicator == "food_sampling_batches"


def test_patents_per_so_many_people_are_counted_and_deaths_per_so_many_units_are_not(read_one):
    patents = read_one("High-value invention patents per 10,000 people should hit 13 in 2026.")
    assert (patents.unit, patents.indicator) == ("count", "invention_patents_per_10000")
    deaths = read_one("Deaths per 10,000 special equipment units fell to 0.05.")
    assert (deaths.unit, deaths.indicator) == ("ratio", "special_equipment_death_rate")
    chinese = read_one("每万人口高价值发明专利拥有量达13件。", language="zh")
    assert (chinese.unit, chinese.indicator) == ("count", "invention_patents_per_10000")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "An average of 24,000 new enterprises came up."),
        ("en", "Stations of the 12315 platform took in 41,000 complaints a day."),
        ("zh", "平台平均每天接到投诉1.2万件。"),
    ],
)
def test_an_average_is_not_the_total(read_one, language, text):
    assert read_one(text, language=language).indicator is None


def test_two_that_share_a_verb_are_read_with_it(read):
    text = "8家组织和9名个人获得中国质量奖。"
    assert [figure.indicator for figure in read(text, language="zh")] == [
        "quality_award_organizations",
        "quality_award_individuals",
    ]


def test_what_stands_behind_a_semicolon_does_not_tell_what_a_rate_is(read):
    rate, food = read(
        "Of the shops 84 percent were clean; the pass rate of food in sampling was 97.2 percent."
    )
    assert (rate.indicator, food.indicator) == (None, "food_sampling_pass_rate")
