"""What a reading can state, and the table of the ledger that holds it."""

import msgspec

from frontrunner.model.curated import (
    CompanyClaim,
    DealClaim,
    MilestoneClaim,
    NameClaim,
    PriceClaim,
    ProductClaim,
    ProgrammeClaim,
    TrialClaim,
)
from frontrunner.model.judgements import Judgement
from frontrunner.model.regulators import Approval, Designation, Letter
from frontrunner.model.trials import Trial
from frontrunner.model.vocabularies import Concept, DiseaseGene, Prevalence, Substance

Statement = (
    Trial
    | Approval
    | Designation
    | Letter
    | CompanyClaim
    | ProductClaim
    | NameClaim
    | ProgrammeClaim
    | MilestoneClaim
    | TrialClaim
    | DealClaim
    | PriceClaim
    | Concept
    | Prevalence
    | DiseaseGene
    | Substance
    | Judgement
)

#: statement type -> its table in the ledger
STATEMENTS: dict[type[msgspec.Struct], str] = {
    Trial: "trial_version",
    Approval: "approval",
    Designation: "designation",
    Letter: "letter",
    CompanyClaim: "company_claim",
    ProductClaim: "product_claim",
    NameClaim: "name_claim",
    ProgrammeClaim: "programme_claim",
    MilestoneClaim: "milestone_claim",
    TrialClaim: "trial_claim",
    DealClaim: "deal_claim",
    PriceClaim: "price_claim",
    Concept: "concept",
    Prevalence: "prevalence",
    DiseaseGene: "disease_gene",
    Substance: "substance",
    Judgement: "judgement",
}
