"""Universities, hospitals and public bodies: one key whatever department signed, apart from their neighbours."""

import pytest

from frontrunner.resolve.companies import company_key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Med. Univ. Wien, Univ. Klinik f. Innere Medizin I", "Department of Neurology, Medical University of Vienna"),
        ("Universitätsklinikum Freiburg, Abteilung Klinische Chemie", "University Hospital Freiburg"),
        ("University Hospital, Muenster", "Universitätsklinikum Münster"),
        ("University Hospital of Grenoble", "CHU GRENOBLE"),
        ("The Fertility Clinic, Hospital of Springfield", "Springfield Hospital"),
        ("Assistance Publique - Hôpitaux de Paris (AP-HP)", "APHP/DRCI"),
        ("CHRU Montpellier - Direction de la Recherche", "Centre Hospitalier Universitaire de Montpellier"),
        ("Dr. A. Name. Servicio de Endocrinología. Hospital de Ejemplo", "Hospital Universitario de Ejemplo"),
        (
            "First Affiliated Hospital, Sun Yat-Sen University",
            "The First Affiliated Hospital of Sun Yat-sen Univ.",
        ),
        ("University of California, San Francisco", "University of California San Francisco, Department of Surgery"),
        ("Department of Surgery, Springfield University", "The University of Springfield"),
        ("National Cancer Institute (NCI)", "National Institutes of Health"),
        ("Springfield 1st People's Hospital", "The First People's Hospital of Springfield"),
        ("National Cancer Institute, USA", "National Institutes of Health"),
        ("Grupo Español de Ejemplos Clínicos (GEEC)", "Grupo Espanol de Ejemplos (GEEC)"),
    ],
)
def test_departments_and_translations_share_a_key(one: str, other: str) -> None:
    assert company_key(one) == company_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("University of Vienna", "Medical University of Vienna"),
        ("Technische Universität München", "Ludwig-Maximilians-Universität München"),
        ("University of Bristol", "University Hospitals Bristol NHS Foundation Trust"),
        ("Karolinska Institutet", "Karolinska University Hospital"),
        ("Hospital La Paz", "Fundación para la Investigación Biomédica del Hospital La Paz"),
        ("University of Dundee", "NHS Tayside / University of Dundee"),
        ("Assistance Publique Hôpitaux de Marseille", "Assistance Publique Hôpitaux de Paris"),
        ("First Affiliated Hospital, Sun Yat-Sen University", "First Affiliated Hospital, Zhejiang University"),
        ("First Affiliated Hospital, Sun Yat-Sen University", "Second Affiliated Hospital, Sun Yat-Sen University"),
        ("First Affiliated Hospital, Sun Yat-Sen University", "Sun Yat-Sen University"),
        ("Shenzhen University General Hospital", "Shenzhen University"),
        ("University of California, San Francisco", "University of California, Los Angeles"),
        ("Purdue Pharma LP", "Purdue University"),
        ("Oslo Metropolitan University", "University of Oslo"),
        ("Zurich University of Applied Sciences", "University of Zurich"),
        ("Oxford Brookes University", "University of Oxford"),
        ("University College Dublin", "University of Dublin, Trinity College"),
        ("Bergen University College", "University of Bergen"),
        ("Washington University School of Medicine", "University of Washington"),
        ("University of Central Florida", "University of Florida"),
        ("University of Health Sciences Lahore", "University of Lahore"),
        ("Northwestern Health Sciences University", "Northwestern University"),
        ("Tianjin University of Sport", "Tianjin University"),
        ("Shanghai Pulmonary Hospital", "Shanghai General Hospital"),
        ("PLA 923 Hospital", "PLA General Hospital"),
        ("Queen Mary Hospital, Hong Kong", "Queen Mary University of London"),
        ("National Cancer Institute, Egypt", "National Cancer Institute (NCI)"),
        ("Medical Research Council of Canada", "Medical Research Council"),
        ("Arrowhead Regional Medical Center", "Arrowhead Pharmaceuticals"),
        ("Kliniken Essen-Mitte", "Universitätsklinikum Essen"),
        ("University of Freiburg", "Universitätsklinikum Freiburg"),
        ("St. Luke's Hospital, Ireland", "St. Luke's Hospital, Chesterfield, Missouri"),
        ("City Hospital No 40, Saint Petersburg", "City Hospital No 41, Saint Petersburg"),
        ("Central Michigan University", "University of Michigan"),
        ("Hanze University of Applied Sciences Groningen", "University of Groningen"),
        ("Agricultural University of Athens", "University of Athens"),
        ("Masaryk Memorial Cancer Institute", "Masaryk University"),
        ("Ospedale Oncologico di Bari", "Ospedale di Bari"),
        ("Royal Holloway, University of London", "Birkbeck, University of London"),
        ("Associazione Italiana Pneumologi Ospedalieri", "Associazione Italiana Cardiologi Ospedalieri"),
    ],
)
def test_neighbours_stay_apart(one: str, other: str) -> None:
    assert company_key(one) != company_key(other)
