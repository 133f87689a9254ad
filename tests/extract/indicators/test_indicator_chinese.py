"""Which figure of a Chinese sentence is which indicator of the catalogue, and which only looks like it."""

import pytest

# One sentence at least for every row of the patterns; one of its figures must map to the indicator.
INDICATORS = [
    ("manufacturing_product_qualification_rate", "去年制造业产品质量合格率为93.1%。"),
    ("national_spot_check_pass_rate", "去年国家监督抽查的产品合格率为90.2%。"),
    ("national_spot_check_fail_rate", "去年国家监督抽查的不合格率为9.8%。"),
    ("spot_check_batches", "全年监督抽查产品2.2万批次。"),
    ("spot_check_failed_batches", "监督抽查发现不合格产品1800批次。"),
    ("spot_check_product_kinds", "去年监督抽查的产品共有150种。"),
    ("enterprises_spot_checked", "去年监督抽查涉及生产企业1.9万家。"),
    ("manufacturing_quality_competitiveness_index", "制造业质量竞争力指数为85.4。"),
    ("food_sampling_pass_rate", "全国食品安全抽检合格率为97.1%。"),
    ("food_sampling_fail_rate", "全国食品安全监督抽检不合格率为2.9%。"),
    ("food_sampling_batches", "各地完成食品安全监督抽检640万批次。"),
    ("agricultural_product_monitoring_pass_rate", "农产品质量安全例行监测合格率为97.9%。"),
    ("agricultural_product_monitoring_samples", "农产品质量安全例行监测共抽检样品1.2万个。"),
    ("drug_sampling_pass_rate", "国家药品抽检合格率为99.3%。"),
    ("drug_sampling_batches", "全年药品抽检完成2.4万批次。"),
    ("construction_acceptance_rate", "建设工程竣工验收合格率为99.1%。"),
    ("consumer_goods_intl_standard_consistency_rate", "主要消费品与国际标准一致性程度为95%。"),
    ("life_service_satisfaction_score", "生活性服务质量满意度为80.1分。"),
    ("public_service_satisfaction_score", "公共服务质量满意度为80.6分。"),
    ("consumer_satisfaction_score", "消费者满意度得分为79.8分。"),
    ("service_satisfaction_score", "服务质量满意度得分为78.4分。"),
    ("quality_violation_cases", "共查处质量违法案件4.2万件。"),
    ("market_violation_cases", "全年查办各类违法案件52万件。"),
    ("food_violation_cases", "全年查办食品安全违法案件38万件。"),
    ("enterprises_punished", "依法处罚企业1.7万家。"),
    ("case_goods_value", "涉案货值金额11亿元。"),
    ("fines_amount", "罚没款共计36亿元。"),
    ("key_products_addressed", "重点整治消费品18种。"),
    ("enterprises_inspected", "全年检查企业92万家。"),
    ("cases_transferred_to_police", "向公安机关移送案件3600件。"),
    ("consumer_complaints", "全年受理消费者投诉1500万件。"),
    ("consumer_contacts_received", "平台接收投诉、举报和咨询共3100万件。"),
    ("consumer_losses_recovered", "为消费者挽回经济损失39亿元。"),
    ("online_shopping_complaints", "全年接到网络购物投诉640万件。"),
    ("vehicle_recall_campaigns", "全年实施汽车召回210次。"),
    ("vehicle_recall_campaigns", "全年召回汽车210次。"),
    ("vehicles_recalled", "全年召回车辆670万辆。"),
    ("new_energy_vehicle_recall_campaigns", "新能源汽车召回66次。"),
    ("new_energy_vehicles_recalled", "召回新能源汽车150万辆。"),
    ("new_energy_recall_share", "新能源汽车召回66次，占召回总量的31.2%。"),
    ("ota_recall_campaigns", "通过OTA方式召回16次。"),
    ("ota_vehicles_recalled", "通过OTA方式召回车辆390万辆。"),
    ("consumer_product_recall_campaigns", "全年消费品召回560次。"),
    ("consumer_products_recalled", "全年召回消费品930万件。"),
    ("product_related_injuries", "医院共采集产品伤害案例14万例。"),
    ("standards_total", "各类标准总数达310万项。"),
    ("mandatory_national_standards", "强制性国家标准共2080项。"),
    ("food_safety_standards", "目前共有食品安全标准1590项。"),
    ("national_standards_issued", "全年批准发布国家标准2600项。"),
    ("national_standards", "现行国家标准共4.3万项。"),
    ("industry_standards", "备案行业标准7.6万项。"),
    ("local_standards", "备案地方标准6.1万项。"),
    ("group_standards", "公布团体标准6.9万项。"),
    ("enterprise_standards", "企业标准超过290万项。"),
    ("international_standards_led", "我国牵头制定国际标准230项。"),
    ("international_standards_adoption_rate", "国际标准转化率为84%。"),
    ("iso_iec_secretariats", "承担国际标准化组织秘书处86个。"),
    ("technical_committees", "全国标准化技术委员会共1310个。"),
    ("standards_foreign_language", "发布国家标准外文版1480项。"),
    ("national_measurement_standards", "保存国家计量基准190项。"),
    ("social_public_measurement_standards", "建立社会公用计量标准6.4万项。"),
    ("reference_materials", "现有国家标准物质1.5万种。"),
    ("new_reference_materials", "新批准国家标准物质1100种。"),
    ("cmc_recognised", "国际互认的校准和测量能力为1790项。"),
    ("measuring_instruments_verified", "全年强制检定计量器具9600万台。"),
    ("industry_metrology_centers", "建成国家产业计量测试中心55家。"),
    ("national_quality_inspection_centers", "建成国家质检中心860家。"),
    ("quality_standard_laboratories", "布局国家质量标准实验室28家。"),
    ("nqi_service_platforms", "建成质量基础设施一站式服务平台1300个。"),
    ("certificates_management_system", "管理体系认证证书达185万张。"),
    ("certificates_valid", "有效认证证书达360万张。"),
    ("compulsory_certificates", "有效强制性产品认证证书达70万张。"),
    ("ccc_certificates_withdrawn", "撤销强制性产品认证证书2500张。"),
    ("ccc_product_kinds", "强制性产品认证目录覆盖产品96种。"),
    ("certified_organizations", "获证组织达98万家。"),
    ("certification_bodies", "全国认证机构共1200家。"),
    ("inspection_testing_institutions", "全国检验检测机构共5.2万家。"),
    ("inspection_testing_revenue", "检验检测机构实现营业收入4500亿元。"),
    ("inspection_reports_issued", "检验检测机构出具报告5.9亿份。"),
    ("inspection_testing_staff", "检验检测从业人员达150万人。"),
    ("accredited_institutions", "认可的合格评定机构达1.4万家。"),
    ("iso9001_certificates", "ISO 9001认证证书达75万张。"),
    ("iso14001_certificates", "ISO 14001认证证书达39万张。"),
    ("cooperation_agreements_signed", "累计签署合作协议1300份。"),
    ("cooperation_partner_countries", "合作国家和地区达90个。"),
    ("imported_food_kinds_approved", "准入的进口食品种类达2100种。"),
    ("import_source_countries", "准入的进口食品来自170个国家和地区。"),
    ("import_batches_rejected", "海关检出不合格进口食品2700批。"),
    ("import_fail_rate", "进口商品检验不合格率为7.9%。"),
    ("import_food_rejected_weight", "海关退运的不合格进口食品重2.8万吨。"),
    ("import_food_rejected_value", "海关退运的不合格进口食品货值5100万美元。"),
    ("import_export_batches_inspected", "全年检验检疫进出口货物1400万批。"),
    ("leading_group_member_departments", "领导小组共有31个成员单位。"),
    ("joint_issuing_departments", "16个部门联合印发了这份方案。"),
    ("quality_award_organizations", "中国质量奖授予8家组织。"),
    ("quality_award_individuals", "中国质量奖授予9名个人。"),
    ("conference_participants", "共有700名代表参加大会。"),
    ("conference_countries", "来自40个国家的嘉宾出席大会。"),
    ("quality_pilot_cities", "命名质量强市示范城市22个。"),
    ("chief_quality_officers", "各地企业设立首席质量官11万名。"),
    ("elevators_in_use", "全国在用电梯1030万台。"),
    ("gas_cylinders", "全国登记气瓶2.7亿只。"),
    ("pressure_pipeline_length", "全国登记压力管道98万公里。"),
    ("special_equipment_units", "全国特种设备总量达2050万台。"),
    ("special_equipment_accidents", "全国发生特种设备事故70起。"),
    ("special_equipment_deaths", "特种设备事故共造成68人死亡。"),
    ("special_equipment_death_rate", "万台特种设备死亡率为0.05。"),
    ("business_entities", "全国登记在册经营主体达1.8亿户。"),
    ("enterprises_registered", "全国登记在册企业达5600万户。"),
    ("individual_businesses", "全国登记在册个体工商户达1.2亿户。"),
    ("new_business_entities", "全年新设经营主体3100万户。"),
    ("new_enterprises", "全年新设企业960万户。"),
    ("new_individual_businesses", "全年新设个体工商户2100万户。"),
    ("geographical_indications", "累计认定地理标志产品2490个。"),
    ("brands_global_top_500", "有46个品牌入选世界品牌500强。"),
    ("invention_patents_per_10000", "每万人口拥有高价值发明专利11件。"),
    ("target_key_fields", "方案聚焦12个重点领域。"),
    ("target_measures", "方案提出了36条措施。"),
    ("consumer_product_recall_campaigns", "全年召回消费品640次。"),
    ("enterprises_registered", "全省登记在册经营主体240万户；其中企业66万户。"),
    ("elevators_in_use", "全国电梯保有量1010万台。"),
    ("inspection_testing_staff", "检验检测行业稳步发展。从业人员4.4万人。"),
    ("inspection_testing_revenue", "检验检测行业稳步发展。全行业实现收入118亿元。"),
    ("inspection_reports_issued", "检验检测行业稳步发展。去年出具各类报告1500万份。"),
    ("spot_check_failed_batches", "去年组织开展了国家监督抽查。发现340家企业的400批次产品不合格。"),
    (
        "national_spot_check_fail_rate",
        "去年组织开展了国家监督抽查。共检出400批次产品不合格，抽查不合格率为10%。",
    ),
    ("national_spot_check_pass_rate", "去年组织开展了国家监督抽查。批次合格率为90%。"),
    ("vehicle_recall_campaigns", "汽车召回制度不断完善。去年实施召回191次。"),
    ("new_energy_vehicle_recall_campaigns", "去年实施召回191次，其中新能源汽车68次。"),
    ("new_enterprises", "去年新设经营主体2500万户，其中企业870万户。"),
    ("new_individual_businesses", "去年新设经营主体2500万户，其中企业870万户，个体工商户1600万户。"),
    ("manufacturing_product_qualification_rate", "制造业质量稳中向好，合格率达到93.2%。"),
    ("consumer_satisfaction_score", "消费者满意度测评年年开展。总体满意度为79.4分。"),
    ("enterprise_standards", "企业自我声明公开的标准已有290万项。"),
    ("inspection_testing_institutions", "检验检测行业持续发展。机构数量增至52300家。"),
    ("quality_award_organizations", "质量奖设立十年。累计48家组织获奖。"),
    ("elevators_in_use", "在用电梯遍布城乡，年底达到930万台。"),
    ("business_entities", "登记在册市场主体由十年前的6000万户增至1.75亿户。"),
    ("individual_businesses", "个体工商户占经营主体三分之二，数量已超1.15亿户。"),
    ("new_business_entities", "经营主体持续增长。上半年新设1320万户。"),
]


@pytest.mark.parametrize(("indicator", "text"), INDICATORS)
def test_a_plain_chinese_sentence_maps_to_its_indicator(read, indicator, text):
    assert indicator in [figure.indicator for figure in read(text, language="zh")]


def test_every_chinese_row_has_a_sentence(rows_without_example):
    assert rows_without_example("zh", INDICATORS) == []


# A part: the indicator of the whole is not given, and the part is named.
PARTS = [
    ("餐饮服务投诉21万件。", "餐饮服务"),
    ("家电产品投诉8万件。", "家电产品"),
    ("儿童玩具抽查合格率为84.3%。", "儿童玩具抽查"),
    ("去年查处化肥质量违法案件3200件。", "化肥"),
    ("食品抽检中，婴幼儿配方乳粉合格率为99.8%。", "婴幼儿配方乳粉"),
    ("新一代信息技术领域，国际标准转化率为91%。", "新一代信息技术"),
    ("因发动机问题召回车辆38万辆。", "发动机"),
]


@pytest.mark.parametrize(("text", "part"), PARTS)
def test_a_chinese_part_is_named_and_is_not_the_whole(read, text, part):
    [figure] = read(text, language="zh")
    assert (figure.indicator, figure.breakdown) == (None, part)


# Neighbours, parts and moves of the stock that the indicator must not take.
LOOK_ALIKES = [
    ("vehicles_recalled", "新能源汽车召回66次，涉及车辆150万辆。"),
    ("vehicles_recalled", "进口轿车召回85次，涉及车辆43万辆。"),
    ("vehicle_recall_campaigns", "全年消费品召回560次。"),
    ("business_entities", "全年新设经营主体3100万户。"),
    ("enterprises_registered", "全国外资企业共58万户。"),
    ("individual_businesses", "个体工商户净增加900万户。"),
    ("national_standards", "新发布推荐性国家标准85项。"),
    ("food_safety_standards", "今天新发布食品安全国家标准48项。"),
    ("elevators_in_use", "老旧电梯更新改造7万台。"),
    ("gas_cylinders", "全年检验气瓶1200万只。"),
    ("special_equipment_accidents", "特种设备事故中，电梯事故18起。"),
    ("conference_countries", "准入的进口食品来自170个国家和地区。"),
    ("ccc_certificates_withdrawn", "撤销电动自行车CCC证书1万张。"),
    ("national_spot_check_pass_rate", "全省监督抽查产品合格率为91%。"),
    ("spot_check_batches", "国家监督抽查共抽检合格产品1.9万批次。"),
    ("spot_check_batches", "通报网络销售产品质量国家监督抽查情况，共抽查鞋帽等商品340批次。"),
    ("spot_check_failed_batches", "近日通报玩具产品质量监督抽查情况。抽查发现34批次不合格。"),
    (
        "food_sampling_fail_rate",
        "食品抽检中，肉制品、乳制品等5大类食品，不合格率分别为0.6%、0.8%、0.9%、0.2%、0.1%。",
    ),
    ("national_quality_inspection_centers", "去年新增国家质检中心3家。"),
    (
        "national_spot_check_fail_rate",
        "去年组织开展了国家监督抽查。18种产品不合格率低于10%，3种产品不合格率高于30%。",
    ),
    ("spot_check_failed_batches", "抽查中，流通领域抽查5900批次，不合格820批次。"),
    ("individual_businesses", "去年新设经营主体2500万户，其中企业870万户，个体工商户1600万户。"),
    ("import_fail_rate", "检验进口消费品48万批，批次不合格率6.5%。"),
    ("new_energy_vehicles_recalled", "去年实施召回191次，其中新能源汽车68次。"),
    ("mandatory_national_standards", "去年批准发布国家标准2800项，其中强制性国家标准70项。"),
    ("inspection_testing_institutions", "检验检测方面，取得资质认定的5.2万家。"),
    ("consumer_complaints", "各级消协组织解决投诉112万件。"),
]


@pytest.mark.parametrize(("indicator", "text"), LOOK_ALIKES)
def test_a_chinese_look_alike_is_not_the_indicator(read, indicator, text):
    figures = read(text, language="zh")
    assert figures
    assert indicator not in [figure.indicator for figure in figures]


def test_what_follows_qizhong_is_a_part_of_what_was_stated(read):
    text = "全年汽车召回210次，涉及车辆670万辆；其中31次、180万辆是缺陷调查促成的。"
    assert [figure.indicator for figure in read(text, language="zh")] == [
        "vehicle_recall_campaigns",
        "vehicles_recalled",
        None,
        None,
    ]


def test_what_follows_qizhong_may_be_an_indicator_of_its_own(read):
    text = "登记在册经营主体1.8亿户，其中企业5600万户，个体工商户1.2亿户。"
    assert [figure.indicator for figure in read(text, language="zh")] == [
        "business_entities",
        "enterprises_registered",
        "individual_businesses",
    ]


def test_chinese_numbers_after_fenbie_each_get_their_own_subject(read):
    text = "公共服务、生活性服务的满意度分别为80.6分和80.1分。"
    assert [figure.indicator for figure in read(text, language="zh")] == [
        "public_service_satisfaction_score",
        "life_service_satisfaction_score",
    ]


def test_a_chinese_rate_that_is_taken_up_again_keeps_its_indicator(read):
    text = "国家监督抽查的产品合格率为90.2%。近三年的合格率依次是89.1%、89.7%和90.2%。"
    assert {figure.indicator for figure in read(text, language="zh")} == {"national_spot_check_pass_rate"}


def test_a_segment_without_a_subject_goes_on_with_the_one_before(read):
    text = "消费品方面，全年召回560次、930万件；到年底累计召回4700次。"
    assert [figure.indicator for figure in read(text, language="zh")] == [
        "consumer_product_recall_campaigns",
        "consumer_products_recalled",
        "consumer_product_recall_campaigns",
    ]


def test_the_title_tells_what_accidents_are_meant(read):
    [figure] = read("全年发生事故70起。", language="zh", title="全国特种设备安全状况")
    assert figure.indicator == "special_equipment_accidents"


@pytest.mark.parametrize(
    ("text", "indicator"),
    [
        ("获准向我国出口食品的国家和地区有98个。", "import_source_countries"),
        ("主导或参与制定国际标准137项。", None),
        ("消费者满意度得分最高的城市为87.3分。", None),
    ],
)
def test_a_word_more_may_name_a_measure_or_only_its_neighbour(read, text, indicator):
    [figure] = read(text, language="zh")
    assert figure.indicator == indicator


def test_the_checks_of_a_province_are_spot_checks(read):
    text = "省局对灯具、玩具等58种产品开展了抽查，共抽取174家企业生产和销售的231批次样品，发现20批次不合格。"
    figures = read(text, language="zh", title="关于省级产品质量监督抽查情况的通报")
    assert [figure.indicator for figure in figures] == [
        "spot_check_product_kinds",
        "enterprises_spot_checked",
        "spot_check_batches",
        "spot_check_failed_batches",
    ]


def test_kinds_that_a_list_ends_in_are_all_kinds_and_batches_are_of_a_part(read):
    text = "全年抽查服装、文具等24类产品1200批次。抽查玩具等120批次产品。"
    figures = read(text, language="zh", title="产品质量监督抽查情况")
    assert [figure.indicator for figure in figures] == [
        "spot_check_product_kinds",
        "spot_check_batches",
        None,
    ]
