"""Problem documents (RFC 9457)."""

import json

from gvc_catalogue.web.problem_details import problem, unknown_values


def test_a_problem_says_what_was_wrong_in_the_form_of_the_standard() -> None:
    response = problem(404, "Not found", "There is no “Türkiye”.", last=3)
    assert (response.status_code, response["Content-Type"]) == (404, "application/problem+json")
    assert "Türkiye" in response.content.decode()
    assert json.loads(response.content) == {
        "type": "about:blank",
        "title": "Not found",
        "status": 404,
        "detail": "There is no “Türkiye”.",
        "request_id": "",
        "last": 3,
    }


def test_each_unknown_value_has_its_sentence() -> None:
    response = unknown_values({"country": ["No A.", "No B."], "sort": ["No C."]})
    body = json.loads(response.content)
    assert response.status_code == body["status"] == 422
    assert body["detail"] == "No A. No B. No C."
    assert body["errors"] == {"country": ["No A.", "No B."], "sort": ["No C."]}
