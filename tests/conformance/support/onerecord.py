"""ONE Record 2.3: what is asked of the API, part by part. A scenario makes the objects that it needs."""
import json
import time
import urllib.parse

from .onerecord_checks import (API, CARGO, XSD, check_audit_trail, check_document, check_error, check_events, check_headers, check_made, check_many,
                               check_notification, check_object, check_request, check_server_information, check_status, check_subscription, every,
                               text_of, wrong_unless)
from .onerecord_client import EXPANDED, PIECE, Subscriber, logistics_event


class Suite:
    """`holder` owns what `other`, of another organization, asks for."""

    def __init__(self, holder, other, nobody, other_id):
        self.holder, self.other, self.nobody, self.other_id = holder, other, nobody, other_id

    def scenarios(self):
        """(title, function) of every scenario, folder by folder."""
        for prefix, part in PARTS:
            for name in vars(type(self)):
                if name.startswith(prefix):
                    yield f"{part}: {name.removeprefix(prefix).replace('_', ' ')}", getattr(self, name)

    # Server information

    def info_of_the_server(self):
        document = check_server_information(self.holder.get("/"))
        wrong_unless(document["@id"] == self.holder.base + "/", f"@id is {document['@id']}")

    def info_names_a_data_holder_that_can_be_read(self):
        document = check_server_information(self.holder.get("/"))
        check_document(self.holder.get(document["api:hasDataHolder"]["@id"]), "cargo:Company")

    def info_is_for_those_who_are_known(self):
        check_error(self.nobody.get("/"), 401)

    # Logistics objects

    def object_is_created_and_read(self):
        piece = self.holder.create(**PIECE)
        document = check_object(self.holder.get(piece), piece, "cargo:Piece", 1)
        wrong_unless(text_of(document["cargo:coload"]) == "false" and document["cargo:goodsDescription"] == "Machine parts", f"it is {document}")

    def object_has_embedded_objects_without_addresses_of_their_own(self):
        document = self.holder.get(self.holder.create(**PIECE)).json
        inner = document["cargo:handlingInstructions"]
        wrong_unless(inner["@type"] == "cargo:HandlingInstructions" and inner["@id"].startswith("internal:"), f"it is {inner}")

    def object_of_every_kind(self):
        for type_ in ("cargo:Shipment", "cargo:Waybill", "cargo:ULD", "cargo:Company", "cargo:Sensor", "cargo:TransportMovement"):
            made = self.holder.create(type_)
            check_object(self.holder.get(made), made, type_, 1)

    def object_with_an_address_that_is_wished_for(self):
        wish = self.holder.base + f"/logistics-objects/wished-{time.time_ns()}"
        wrong_unless(self.holder.create(**{"@id": wish}) == wish, "another address")
        check_error(self.holder.ask("POST", "/logistics-objects", {"@type": "cargo:Piece", "@id": wish}), 409)

    def object_links_to_others_and_shows_them_embedded(self):
        piece = self.holder.create(**PIECE)
        shipment = self.holder.create("cargo:Shipment", **{"cargo:pieces": [{"@id": piece}]})
        wrong_unless(self.holder.get(shipment).json["cargo:pieces"] == {"@id": piece}, "no plain link")
        inner = self.holder.get(shipment + "?embedded=true").json["cargo:pieces"]
        wrong_unless(inner["@id"] == piece and inner["@type"] == "cargo:Piece" and "cargo:coload" in inner, f"it is {inner}")

    def object_that_is_not_there(self):
        check_error(self.holder.get("/logistics-objects/none"), 404)

    def object_that_is_somebody_elses(self):
        check_error(self.other.get(self.holder.create()), 404)

    def object_of_no_type_or_no_logistics_object(self):
        for body in ({"@type": "cargo:Value"}, {"cargo:coload": True}, {"@type": "https://elsewhere.example/Piece"}):
            check_error(self.holder.ask("POST", "/logistics-objects", body), 400)

    def object_that_is_no_document(self):
        for body in ("{", "[]", "", '{"@context": "https://elsewhere.example/context", "@type": "cargo:Piece"}'):
            check_error(self.holder.ask("POST", "/logistics-objects", body), 400)

    def object_with_events_in_it(self):
        check_error(self.holder.ask("POST", "/logistics-objects", {"@type": "cargo:Piece", "cargo:events": [{"@id": "x"}]}), 400)

    # History

    def history_shows_the_revision_of_a_moment(self):
        piece = self.holder.create(**PIECE)
        moment = time.strftime("%Y%m%dT%H%M%SZ", time.gmtime())
        time.sleep(1.1)
        self.holder.changed(piece, 1, ("DELETE", "cargo:goodsDescription", "Machine parts"))
        old = check_object(self.holder.get(f"{piece}?at={moment}"), f"{piece}?at={moment}", "cargo:Piece", 1, 2)
        wrong_unless(old["cargo:goodsDescription"] == "Machine parts", "not as it was")
        new = check_object(self.holder.get(piece), piece, "cargo:Piece", 2)
        wrong_unless("cargo:goodsDescription" not in new, "not as it is")

    def history_before_the_beginning_and_after_now(self):
        piece = self.holder.create()
        check_error(self.holder.get(piece + "?at=20190926T075830Z"), 404)
        for moment in ("21990926T075830Z", "yesterday"):
            check_error(self.holder.get(piece + "?at=" + moment), 400)

    # Changes

    def change_waits_for_the_holder(self):
        piece = self.holder.create(**PIECE)
        request = self.holder.requested(self.holder.change(piece, 1, ("ADD", "cargo:upid", "U1")), "ChangeRequest")
        check_request(self.holder.get(request), request, "ChangeRequest", "REQUEST_PENDING")
        check_object(self.holder.get(piece), piece, "cargo:Piece", 1)

    def change_is_applied_when_it_is_accepted(self):
        piece = self.holder.create(**PIECE)
        request = self.holder.changed(piece, 1, ("ADD", "cargo:coload", "true", XSD + "boolean"), ("DELETE", "cargo:coload", "false", XSD + "boolean"),
                                      ("ADD", "cargo:upid", "U1"))
        document = check_object(self.holder.get(piece), piece, "cargo:Piece", 2)
        wrong_unless(text_of(document["cargo:coload"]) == "true" and document["cargo:upid"] == "U1", f"it is {document}")
        done = check_request(self.holder.get(request), request, "ChangeRequest", "REQUEST_ACCEPTED")
        wrong_unless(every(done.get("api:hasRequestStatusHistory")), "no history of its status")

    def change_of_embedded_objects(self):
        piece = self.holder.create()
        self.holder.changed(piece, 1, ("ADD", "cargo:grossWeight", "_:b0", "cargo:Value"), ("ADD", "cargo:unit", "KGM", XSD + "string", "_:b0"),
                            ("ADD", "cargo:numericalValue", "20.0", XSD + "double", "_:b0"))
        inner = self.holder.get(piece).json["cargo:grossWeight"]
        wrong_unless(inner["@id"].startswith("internal:") and float(text_of(inner["cargo:numericalValue"])) == 20, f"it is {inner}")
        self.holder.changed(piece, 2, ("DELETE", "cargo:numericalValue", "20.0", XSD + "double", inner["@id"]),
                            ("ADD", "cargo:numericalValue", "25.5", XSD + "double", inner["@id"]))
        wrong_unless(float(text_of(self.holder.get(piece).json["cargo:grossWeight"]["cargo:numericalValue"])) == 25.5, "not changed")

    def change_that_is_rejected_changes_nothing(self):
        piece = self.holder.create(**PIECE)
        request = self.holder.requested(self.holder.change(piece, 1, ("ADD", "cargo:upid", "U1")), "ChangeRequest")
        self.holder.decide(request, "REQUEST_REJECTED")
        check_object(self.holder.get(piece), piece, "cargo:Piece", 1)
        check_audit_trail(self.holder.get(piece + "/audit-trail"), 1, {request: "REQUEST_REJECTED"})

    def change_of_another_revision_than_the_latest(self):
        piece = self.holder.create()
        check_error(self.holder.change(piece, 2, ("ADD", "cargo:upid", "U1")), 422)

    def change_that_names_another_object(self):
        piece, second = self.holder.create(), self.holder.create()
        check_error(self.holder.change(piece, 1, ("ADD", "cargo:upid", "U1"), about=second), 400)

    def change_of_events_or_of_what_is_no_change(self):
        piece = self.holder.create()
        check_error(self.holder.change(piece, 1, ("ADD", "cargo:events", piece + "/logistics-events/x", "cargo:LogisticsEvent")), 400)
        check_error(self.holder.ask("PATCH", piece, {"@type": "api:Change", "api:hasOperation": [{"api:subject": piece}]}), 400)
        check_error(self.holder.ask("PATCH", piece, {"@type": "cargo:Piece"}), 400)

    def change_stands_or_falls_as_a_whole(self):
        piece = self.holder.create(**PIECE)
        check_error(self.holder.change(piece, 1, ("ADD", "cargo:upid", "U1"), ("DELETE", "cargo:goodsDescription", "something else")), 422)
        wrong_unless("cargo:upid" not in check_object(self.holder.get(piece), piece, "cargo:Piece", 1), "half of it was applied")

    def change_that_is_accepted_rejects_the_others_of_its_revision(self):
        piece = self.holder.create()
        first, second = (self.holder.requested(self.holder.change(piece, 1, ("ADD", "cargo:upid", text)), "ChangeRequest") for text in "ab")
        self.holder.decide(second)
        lost = check_request(self.holder.get(first), first, "ChangeRequest", "REQUEST_REJECTED")
        wrong_unless("api:hasError" in lost, "it does not say why")
        check_error(self.holder.ask("PATCH", first + "?status=REQUEST_ACCEPTED", ""), 422)

    # Audit trail

    def audit_trail_has_every_request(self):
        piece = self.holder.create()
        check_audit_trail(self.holder.get(piece + "/audit-trail"), 1, {})
        accepted = self.holder.changed(piece, 1, ("ADD", "cargo:upid", "U1"))
        pending = self.holder.requested(self.holder.change(piece, 2, ("ADD", "cargo:goodsDescription", "x")), "ChangeRequest")
        check_audit_trail(self.holder.get(piece + "/audit-trail"), 2, {accepted: "REQUEST_ACCEPTED", pending: "REQUEST_PENDING"})

    def audit_trail_by_status_and_time(self):
        piece = self.holder.create()
        accepted = self.holder.changed(piece, 1, ("ADD", "cargo:upid", "U1"))
        trail = piece + "/audit-trail"
        check_audit_trail(self.holder.get(trail + "?status=REQUEST_ACCEPTED"), 2, {accepted: "REQUEST_ACCEPTED"})
        check_audit_trail(self.holder.get(trail + "?status=REQUEST_PENDING"), 2, {})
        check_audit_trail(self.holder.get(trail + "?updated-from=20200101T000000Z&updated-to=20990101T000000Z"), 2, {accepted: "REQUEST_ACCEPTED"})
        check_audit_trail(self.holder.get(trail + "?updated-to=20200101T000000Z"), 2, {})
        check_error(self.holder.get(trail + "?updated-from=yesterday"), 400)

    def audit_trail_of_what_is_not_there(self):
        check_error(self.holder.get("/logistics-objects/none/audit-trail"), 404)

    # Verification

    def verification(self, target, revision=1, **more):
        return self.holder.ask("POST", target, {"@type": "api:Verification", "api:hasLogisticsObject": {"@id": target}, "api:hasRevision": revision,
                                                "api:hasError": [{"@type": "api:Error", "api:hasTitle": "The gross weight is missing"}], **more})

    def verify_and_acknowledge(self):
        piece = self.holder.create()
        request = self.holder.requested(self.verification(piece), "VerificationRequest")
        check_request(self.holder.get(request), request, "VerificationRequest", "REQUEST_PENDING")
        self.holder.decide(request, "REQUEST_ACKNOWLEDGED")
        check_request(self.holder.get(request), request, "VerificationRequest", "REQUEST_ACKNOWLEDGED")
        check_audit_trail(self.holder.get(piece + "/audit-trail"), 1, {request: "REQUEST_ACKNOWLEDGED"})

    def verify_another_revision_or_without_a_fault(self):
        piece = self.holder.create()
        check_error(self.verification(piece, 7), 422)
        check_error(self.verification(piece, **{"api:hasError": []}), 400)
        check_error(self.verification(piece, **{"@type": "api:Change"}), 400)

    # Logistics events

    def event_is_added_and_read(self):
        piece = self.holder.create()
        event = self.holder.add_event(piece, "RCS")
        answer = self.holder.get(event)
        document = check_document(answer, "cargo:LogisticsEvent")
        check_headers(answer, "last-modified", "type", "location")
        wrong_unless(document["@id"] == event and document["cargo:eventCode"]["cargo:code"] == "RCS", f"it is {document}")
        wrong_unless(document["cargo:eventFor"]["@id"] == piece, "it is for something else")
        wrong_unless(document["cargo:creationDate"]["@type"] == XSD + "dateTime", "the server does not say when it was written")

    def event_without_a_date_or_of_another_class(self):
        piece = self.holder.create()
        for body in (logistics_event(**{"cargo:eventDate": None}), logistics_event(**{"cargo:eventDate": "yesterday"}), {"@type": "cargo:Piece"}):
            check_error(self.holder.ask("POST", piece + "/logistics-events", body), 400)

    def event_of_what_is_not_there(self):
        check_error(self.holder.ask("POST", "/logistics-objects/none/logistics-events", logistics_event()), 404)
        check_error(self.holder.get(self.holder.create() + "/logistics-events/none"), 404)

    def event_lists_are_filtered_sorted_and_cut(self):
        piece = self.holder.create()
        path = piece + "/logistics-events"
        check_events(self.holder.get(path), [])
        for code, day in (("RCS", "03"), ("DEP", "01"), ("ARR", "02")):
            self.holder.add_event(piece, code, f"2026-04-{day}T00:00:00Z")
        check_events(self.holder.get(path), ["RCS", "DEP", "ARR"])
        check_headers(self.holder.get(path), "last-modified")
        check_events(self.holder.get(path + "?event-code=DEP"), ["DEP"])
        check_events(self.holder.get(path + "?event-code=DEP,ARR"), ["DEP", "ARR"])
        check_events(self.holder.get(path + "?sort=ASC-eventDate"), ["DEP", "ARR", "RCS"])
        check_events(self.holder.get(path + "?sort=DESC-eventDate&limit=1&skip=1"), ["ARR"], 3)
        check_events(self.holder.get(path + "?occurred-after=20260401T120000Z&occurred-before=20260402T120000Z"), ["ARR"])
        check_events(self.holder.get(path + "?created-after=20200101T000000Z"), ["RCS", "DEP", "ARR"])
        check_events(self.holder.get(path + "?created-before=20200101T000000Z"), [])
        check_error(self.holder.get(path + "?sort=up"), 400)

    def event_can_be_neither_changed_nor_deleted(self):
        event = self.holder.add_event(self.holder.create())
        for method in ("PATCH", "DELETE", "PUT"):
            wrong_unless(self.holder.ask(method, event, {} if method != "DELETE" else None).status in (404, 405), f"{method} is taken")

    def event_for_several_objects(self):
        mine, second, gone = self.holder.create(), self.holder.create(), self.holder.base + "/logistics-objects/none"
        answer = self.holder.ask("POST", "/logistics-events", logistics_event("MAN", **{"cargo:eventFor": [{"@id": one} for one in (mine, second, gone)]}))
        check_many(answer, {mine: 201, second: 201, gone: 404})
        check_events(self.holder.get(mine + "/logistics-events"), ["MAN"])
        check_error(self.holder.ask("POST", "/logistics-events", logistics_event()), 400)

    # Subscriptions

    def topic(self, kind, about):
        return f"/subscriptions?topicType={urllib.parse.quote(API + kind, safe='')}&topic={urllib.parse.quote(about, safe='')}"

    def subscription_is_proposed_to_a_publisher(self):
        piece = self.holder.create()
        for kind, about in (("LOGISTICS_OBJECT_IDENTIFIER", piece), ("LOGISTICS_OBJECT_TYPE", CARGO + "Shipment")):
            document = check_subscription(self.holder.get(self.topic(kind, about)), kind, about)
            wrong_unless(len(every(document["api:includeSubscriptionEventType"])) == 3, "not every kind of news")

    def subscription_information_of_nothing(self):
        check_error(self.holder.get("/subscriptions?topicType=LOGISTICS_OBJECT_TYPE"), 400)
        check_error(self.holder.get(self.topic("LOGISTICS_OBJECT_TYPE", CARGO + "Value")), 400)
        check_error(self.holder.get(self.topic("SOMETHING", CARGO + "Piece")), 400)

    def subscription_is_asked_for_and_accepted(self):
        piece, company = self.holder.create(), self.holder.create("cargo:Company")
        request = self.holder.requested(self.holder.subscribe(piece, company), "SubscriptionRequest")
        check_request(self.holder.get(request), request, "SubscriptionRequest", "REQUEST_PENDING")
        self.holder.decide(request)
        check_request(self.holder.get(request), request, "SubscriptionRequest", "REQUEST_ACCEPTED")
        document = check_subscription(self.holder.get(self.topic("LOGISTICS_OBJECT_IDENTIFIER", piece)), "LOGISTICS_OBJECT_IDENTIFIER", piece)
        wrong_unless(document["api:hasSubscriber"]["@id"] == company, "not the one that was asked for")

    def subscription_that_is_none(self):
        company = self.holder.create("cargo:Company")
        check_error(self.holder.subscribe(self.holder.base + "/logistics-objects/none", company), 400)
        check_error(self.holder.subscribe(CARGO + "Value", company, True), 400)
        check_error(self.holder.ask("POST", "/subscriptions", {"@type": "api:Change"}), 400)

    # Notifications

    def heard(self, subscriber, topic, act, by_type=False, **more):
        """The request, and what the subscriber hears once it stands and `act` is done."""
        request = self.holder.requested(self.holder.subscribe(topic, subscriber.organization, by_type, **more), "SubscriptionRequest")
        if not by_type:
            self.holder.decide(request)
        done = act()
        return request, done

    def notify_of_an_object_that_is_created(self):
        subscriber = Subscriber()
        request, made = self.heard(subscriber, CARGO + "ULD", lambda: self.holder.create("cargo:ULD"), True)
        check_notification(subscriber.wait(1)[0], "LOGISTICS_OBJECT_CREATED", made, request)
        self.holder.ask("DELETE", request)
        subscriber.close()

    def notify_of_an_object_that_is_changed(self):
        subscriber, piece = Subscriber(), self.holder.create()
        request, _ = self.heard(subscriber, piece, lambda: self.holder.changed(piece, 1, ("ADD", "cargo:upid", "U1")))
        body = subscriber.wait(1)[0]
        check_notification(body, "LOGISTICS_OBJECT_UPDATED", piece, request)
        wrong_unless([text_of(one) for one in every(body["api:hasChangedProperty"])] == [CARGO + "upid"], "another property")
        wrong_unless(set(body["api:hasLogisticsObject"]) == {"@id"}, "the object itself, which nobody asked for")
        subscriber.close()

    def notify_with_the_object_itself(self):
        subscriber, piece = Subscriber(), self.holder.create()
        request, _ = self.heard(subscriber, piece, lambda: self.holder.changed(piece, 1, ("ADD", "cargo:upid", "U1")), **{"api:sendLogisticsObjectBody": True})
        body = subscriber.wait(1)[0]
        check_notification(body, "LOGISTICS_OBJECT_UPDATED", piece, request)
        wrong_unless(body["api:hasLogisticsObject"].get("cargo:upid") == "U1", "without the object")
        subscriber.close()

    def notify_of_an_event(self):
        subscriber, piece = Subscriber(), self.holder.create()
        request, event = self.heard(subscriber, piece, lambda: self.holder.add_event(piece))
        body = subscriber.wait(1)[0]
        check_notification(body, "LOGISTICS_EVENT_RECEIVED", piece, request)
        wrong_unless(body["api:hasLogisticsEvent"]["@id"] == event, "another event")
        subscriber.close()

    def notify_only_of_what_is_included(self):
        subscriber, piece = Subscriber(), self.holder.create()
        wish = {"api:includeSubscriptionEventType": [{"@id": "api:LOGISTICS_EVENT_RECEIVED"}]}
        request, _ = self.heard(subscriber, piece, lambda: (self.holder.changed(piece, 1, ("ADD", "cargo:upid", "U1")), self.holder.add_event(piece)), **wish)
        check_notification(subscriber.wait(1)[0], "LOGISTICS_EVENT_RECEIVED", piece, request)
        subscriber.close()

    def notify_of_what_became_of_a_request(self):
        subscriber, piece = Subscriber(), self.holder.create()
        wish = {"api:includeSubscriptionEventType": [{"@id": "api:LOGISTICS_OBJECT_CREATED"}]}
        self.heard(subscriber, piece, lambda: None, **wish)
        change = self.holder.requested(self.holder.change(piece, 1, ("ADD", "cargo:upid", "U1"), **{"api:notifyRequestStatusChange": True}), "ChangeRequest")
        self.holder.decide(change)
        check_notification(subscriber.wait(1)[0], "CHANGE_REQUEST_ACCEPTED", piece, change)
        subscriber.close()

    def notify_again_until_it_is_taken(self):
        tries = []
        subscriber, piece = Subscriber(lambda: tries.append(1) or (204 if len(tries) == 3 else 503)), self.holder.create()
        request, _ = self.heard(subscriber, piece, lambda: self.holder.add_event(piece))
        check_notification(subscriber.wait(1)[0], "LOGISTICS_EVENT_RECEIVED", piece, request)
        wrong_unless(len(tries) == 3, f"{len(tries)} attempts")
        subscriber.close()

    def notify_in_the_order_of_what_happened(self):
        subscriber, piece = Subscriber(), self.holder.create()
        _, events = self.heard(subscriber, piece, lambda: [self.holder.add_event(piece) for _ in range(5)])
        told = [body["api:hasLogisticsEvent"]["@id"] for body in subscriber.wait(5)]
        wrong_unless(told == events, f"the order is {told}")
        subscriber.close()

    def notify_no_more_once_it_is_revoked(self):
        subscriber, probe, piece = Subscriber(), Subscriber(), self.holder.create()
        request, _ = self.heard(subscriber, piece, lambda: self.holder.add_event(piece))
        subscriber.wait(1)
        check_status(self.holder.ask("DELETE", request), 204)
        self.heard(probe, piece, lambda: self.holder.add_event(piece))
        probe.wait(1)
        wrong_unless(len(subscriber.bodies) == 1, "it still hears")
        subscriber.close()
        probe.close()

    def notify_nobody_of_what_it_may_not_see(self):
        subscriber, hidden = Subscriber(), self.holder.create()
        refused = self.other.subscribe(hidden, subscriber.organization)
        check_error(refused, 400)
        self.other.requested(self.other.subscribe(CARGO + "Sensor", subscriber.organization, True), "SubscriptionRequest")
        self.holder.create("cargo:Sensor")
        own = self.other.create("cargo:Sensor")
        wrong_unless([body["api:hasLogisticsObject"]["@id"] for body in subscriber.wait(1)] == [own], "it hears of another's object")
        subscriber.close()

    def notify_us(self):
        news = {"@type": "api:Notification", "api:hasEventType": {"@id": "api:LOGISTICS_OBJECT_UPDATED"},
                "api:hasLogisticsObject": {"@id": "https://elsewhere.example/logistics-objects/1"}}
        answer = self.holder.ask("POST", "/notifications", news)
        check_status(answer, 204)
        wrong_unless(not answer.body, "a body")
        check_error(self.holder.ask("POST", "/notifications", {"@type": "api:Change"}), 400)
        check_error(self.nobody.ask("POST", "/notifications", news), 401)

    # Access delegations

    def delegation(self, client, target, *permissions, to=None):
        return client.ask("POST", "/access-delegations", {
            "@type": "api:AccessDelegation", "api:hasDescription": "for handling", "api:hasLogisticsObject": [{"@id": target}],
            "api:hasPermission": [{"@id": "api:" + one} for one in permissions or ("GET_LOGISTICS_OBJECT",)],
            "api:isRequestedFor": [{"@id": client.base + "/logistics-objects/" + (to or self.other_id)}]})

    def delegate_waits_for_the_holder(self):
        piece = self.holder.create()
        request = self.other.requested(self.delegation(self.other, piece), "AccessDelegationRequest")
        check_request(self.other.get(request), request, "AccessDelegationRequest", "REQUEST_PENDING")
        check_error(self.other.get(piece), 404)
        check_error(self.other.ask("PATCH", request + "?status=REQUEST_ACCEPTED", ""), 403)
        self.holder.decide(request)
        check_object(self.other.get(piece), piece, "cargo:Piece", 1)

    def delegate_only_what_is_permitted(self):
        piece = self.holder.create()
        self.holder.decide(self.other.requested(self.delegation(self.other, piece), "AccessDelegationRequest"))
        check_error(self.other.ask("POST", piece + "/logistics-events", logistics_event()), 403)
        check_error(self.other.change(piece, 1, ("ADD", "cargo:upid", "U1")), 403)
        self.holder.decide(self.other.requested(self.delegation(self.other, piece, "POST_LOGISTICS_EVENT"), "AccessDelegationRequest"))
        self.other.add_event(piece)

    def delegate_until_it_is_revoked(self):
        piece = self.holder.create()
        request = self.holder.decide(self.other.requested(self.delegation(self.other, piece), "AccessDelegationRequest"))
        check_object(self.other.get(piece), piece, "cargo:Piece", 1)
        check_status(self.holder.ask("DELETE", request), 204)
        check_request(self.other.get(request), request, "AccessDelegationRequest", "REQUEST_REVOKED")
        check_error(self.other.get(piece), 404)

    def delegate_nothing_or_to_nobody(self):
        piece = self.holder.create()
        check_error(self.delegation(self.other, piece, "EVERYTHING"), 400)
        check_error(self.delegation(self.other, piece, to="nobody"), 400)
        check_error(self.delegation(self.other, self.holder.base + "/logistics-objects/none"), 400)
        check_error(self.other.ask("POST", "/access-delegations", {"@type": "api:Change"}), 400)

    # Action requests

    def request_is_taken_back_by_who_asked(self):
        piece = self.holder.create()
        self.holder.decide(self.other.requested(self.delegation(self.other, piece, "GET_LOGISTICS_OBJECT", "PATCH_LOGISTICS_OBJECT"), "AccessDelegationRequest"))
        change = self.other.requested(self.other.change(piece, 1, ("ADD", "cargo:upid", "U1")), "ChangeRequest")
        check_error(self.other.ask("PATCH", change + "?status=REQUEST_ACCEPTED", ""), 403)
        check_status(self.other.ask("DELETE", change), 204)
        document = check_request(self.holder.get(change), change, "ChangeRequest", "REQUEST_REVOKED")
        wrong_unless("api:isRevokedBy" in document and "api:isRevokedAt" in document, "it does not say by whom and when")
        check_error(self.holder.ask("PATCH", change + "?status=REQUEST_ACCEPTED", ""), 422)

    def request_that_is_not_there_or_somebody_elses(self):
        check_error(self.holder.get("/action-requests/none"), 404)
        piece = self.holder.create()
        request = self.holder.requested(self.holder.change(piece, 1, ("ADD", "cargo:upid", "U1")), "ChangeRequest")
        check_error(self.other.get(request), 404)

    def request_is_given_no_status_that_there_is_not(self):
        piece = self.holder.create()
        request = self.holder.requested(self.holder.change(piece, 1, ("ADD", "cargo:upid", "U1")), "ChangeRequest")
        check_error(self.holder.ask("PATCH", request + "?status=DONE", ""), 400)
        check_error(self.holder.ask("PATCH", request, ""), 400)

    # Content negotiation

    def negotiate_versions_and_forms(self):
        piece = self.holder.create(**PIECE)
        for accept in ("application/ld+json", "application/ld+json; version=2.0.0-dev", "application/ld+json; version=2.3.0", "text/turtle, application/ld+json",
                       "application/json", "*/*"):
            check_object(self.holder.get(piece, Accept=accept), piece, "cargo:Piece", 1)

    def negotiate_the_expanded_form(self):
        piece = self.holder.create(**PIECE)
        answer = self.holder.get(piece, Accept=EXPANDED)
        check_status(answer, 200)
        wrong_unless(isinstance(answer.json, list) and answer.json[0]["@type"] == [CARGO + "Piece"], f"it is {answer!r}")
        wrong_unless(answer.json[0][CARGO + "goodsDescription"] == [{"@value": "Machine parts"}], f"it is {answer!r}")

    def negotiate_in_vain(self):
        for accept in ("text/turtle", "application/ld+json; version=1.2", "image/png"):
            check_error(self.holder.get("/", Accept=accept), 415)
        for sent in ("text/xml", "application/ld+json; version=1.2"):
            check_error(self.holder.ask("POST", "/logistics-objects", {"@type": "cargo:Piece"}, Content_Type=sent), 415)

    def negotiate_documents_in_every_form(self):
        expanded = [{"@type": [CARGO + "Piece"], CARGO + "upid": [{"@value": "U1"}]}]
        flattened = {"@graph": [{"@id": "_:p", "@type": CARGO + "Piece", CARGO + "upid": "U1", CARGO + "grossWeight": {"@id": "_:w"}},
                                {"@id": "_:w", "@type": CARGO + "Value", CARGO + "unit": "KGM"}]}
        vocabulary = {"@context": {"@vocab": CARGO}, "@type": "Piece", "upid": "U1"}
        for body in (expanded, flattened, vocabulary):
            answer = self.holder.ask("POST", "/logistics-objects", json.dumps(body))
            piece = check_made(answer, CARGO + "Piece", self.holder.base + "/logistics-objects/")
            wrong_unless(self.holder.get(piece).json["cargo:upid"] == "U1", "not what was sent")


PARTS = (("info_", "server information"), ("object_", "logistics objects"), ("history_", "history"), ("change_", "changes"), ("audit_", "audit trail"),
         ("verify_", "verifications"), ("event_", "logistics events"), ("subscription_", "subscriptions"), ("notify_", "notifications"),
         ("delegate_", "access delegations"), ("request_", "action requests"), ("negotiate_", "content negotiation"))
