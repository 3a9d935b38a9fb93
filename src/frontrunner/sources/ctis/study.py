"""The fields of a CTIS record that are kept, as the API nests them in both forms; others are passed over."""

import msgspec


class Field(msgspec.Struct, frozen=True, rename="camel"):
    """Part of a record."""


class Number(Field, frozen=True):
    number: str | None = None
    other_registry_name: str | None = None


class Numbers(Field, frozen=True):
    nct_number: Number = Number()
    isrctn_number: Number = Number()
    additional_registries: list[Number] = []


class Identifiers(Field, frozen=True):
    full_title: str | None = None
    public_title: str | None = None
    short_title: str | None = None
    secondary_identifying_numbers: Numbers = Numbers()


class Condition(Field, frozen=True):
    medical_condition: str | None = None


class Conditions(Field, frozen=True):
    conditions: list[Condition] = msgspec.field(name="partIMedicalConditions", default_factory=list)


class EndPoint(Field, frozen=True):
    end_point: str | None = None


class EndPoints(Field, frozen=True):
    primary_end_points: list[EndPoint] = []
    secondary_end_points: list[EndPoint] = []


class Duration(Field, frozen=True):
    estimated_recruitment_start_date: str | None = None
    estimated_global_end_date: str | None = None


class Subjects(Field, frozen=True):
    is_female_subjects: bool | None = None
    is_male_subjects: bool | None = None


class Information(Field, frozen=True):
    medical_condition: Conditions = Conditions()
    end_point: EndPoints = EndPoints()
    trial_duration: Duration = Duration()
    population_of_trial_subjects: Subjects = Subjects()


class Details(Field, frozen=True):
    clinical_trial_identifiers: Identifiers = Identifiers()
    trial_information: Information = Information()


class Organisation(Field, frozen=True):
    name: str | None = None
    type: str | None = None


class Sponsor(Field, frozen=True):
    primary: bool = False
    organisation: Organisation = Organisation()


class Dictionary(Field, frozen=True):
    prod_name: str | None = None
    active_substance_name: str | None = None
    sponsor_product_code: str | None = None


class Product(Field, frozen=True):
    product_name: str | None = None
    product_dictionary_info: Dictionary = Dictionary()


class Role(Field, frozen=True):
    product_role_name: str | None = None
    products: list[Product] = []


class Country(Field, frozen=True):
    name: str | None = None


class PartOne(Field, frozen=True):
    row_countries_info: list[Country] = []
    sponsors: list[Sponsor] = []
    trial_details: Details = Details()
    product_role_group_infos: list[Role] = []


class Member(Field, frozen=True):
    msc_name: str | None = None


class EudraCt(Field, frozen=True):
    eudra_ct_code: str | None = None


class Authorised(Field, frozen=True):
    authorized_part_i: PartOne = msgspec.field(name="authorizedPartI", default_factory=PartOne)
    member_states_concerned: list[Member] = []
    eudra_ct: EudraCt = EudraCt()


class Application(Field, frozen=True):
    part_i: PartOne | None = msgspec.field(name="partI", default=None)


class Study(Field, frozen=True):
    """Today's form has `authorizedApplication`, the one of until 2024 `applications`."""

    ct_number: str
    authorized_application: Authorised | None = None
    applications: list[Application] = []
    ct_status: str | int | None = None
    trial_phase: str | None = None
    trial_countries: str | list[str] | None = None
    start_date_eu: str | None = msgspec.field(name="startDateEU", default=None)
    publish_date: str | None = None
    results_first_received: str | None = None
    record_last_import: str | None = msgspec.field(name="record_last_import", default=None)
