package io.signalbox.mesh.controlplane.http;

import io.signalbox.mesh.canary.rollout.WrongPhaseException;
import io.signalbox.mesh.client.json.Json;
import io.signalbox.mesh.client.json.MalformedJsonException;
import io.signalbox.mesh.config.InvalidDocumentException;
import io.signalbox.mesh.config.PolicyFormat;
import io.signalbox.mesh.controlplane.IdentityRevokedException;
import io.signalbox.mesh.controlplane.NeverOpenedException;
import io.signalbox.mesh.controlplane.NoScenarioException;
import io.signalbox.mesh.controlplane.SilentSidecarException;
import io.signalbox.mesh.controlplane.StaleRevisionException;
import io.signalbox.mesh.controlplane.TokenEndedException;
import io.signalbox.mesh.model.InvalidValueException;
import io.signalbox.mesh.model.UnknownNameException;
import io.signalbox.mesh.store.CutOffException;
import io.signalbox.mesh.store.StoreException;
import java.util.Map;
import org.eclipse.jetty.http.HttpStatus;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Why a request was refused, as RFC 9457 {@code application/problem+json}.
 *
 * @param line of the body, counted from 1; with {@code column} only when a document is at fault
 * @param current the policy in force, when the caller's was out of date
 */
record Problem(
        String type,
        String title,
        int status,
        String detail,
        @Nullable String field,
        @Nullable String value,
        @Nullable String expected,
        @Nullable Integer line,
        @Nullable Integer column,
        @Nullable String current) {

    private static final Logger log = LoggerFactory.getLogger(Problem.class);
    /** Tells clients that another control plane may do what this one cannot. */
    private static final String CUT_OFF = "Signalbox-Cut-Off";

    private static final String CONTENT_TYPE = "application/problem+json";
    private static final String NO_TYPE = "about:blank";

    static Problem of(int status, String field, String value, String expected) {
        String detail = field + ": " + value + " (expected: " + expected + ")";
        return new Problem(
                NO_TYPE, HttpStatus.getMessage(status), status, detail, field, value, expected, null, null, null);
    }

    static Problem of(int status, String detail) {
        return new Problem(NO_TYPE, HttpStatus.getMessage(status), status, detail, null, null, null, null, null, null);
    }

    /** Every failure becomes a status here and nowhere else. */
    static Reply.Whole answer(Throwable failure) {
        return switch (failure) {
            case Refusal refusal -> refusal.problem().reply();
            case InvalidValueException e ->
                of(400, e.field(), e.value(), e.expected()).reply();
            case InvalidDocumentException e ->
                document(e.getMessage(), e.field(), e.value(), e.expected(), e.line(), e.column())
                        .reply();
            case MalformedJsonException e ->
                document(e.getMessage(), e.field(), e.value(), e.expected(), e.line(), e.column())
                        .reply();
            case TokenEndedException e -> Guard.ended(e.info());
            case IdentityRevokedException e ->
                of(403, String.valueOf(e.getMessage())).reply();
            case UnknownNameException e -> unknown(e).reply();
            case NoScenarioException e ->
                of(404, String.valueOf(e.getMessage())).reply();
            case NeverOpenedException e ->
                of(404, String.valueOf(e.getMessage())).reply();
            case SilentSidecarException e ->
                of(503, String.valueOf(e.getMessage())).reply();
            case StaleRevisionException e -> stale(e);
            case WrongPhaseException e ->
                of(409, String.valueOf(e.getMessage())).reply();
            case CutOffException e ->
                of(503, String.valueOf(e.getMessage())).reply().with(CUT_OFF, "true");
            case StoreException e -> {
                log.error("The store failed", e);
                yield of(503, String.valueOf(e.getMessage())).reply();
            }
            default -> {
                log.error("A request failed", failure);
                yield of(500, "The control plane failed at this request; its log says why.")
                        .reply();
            }
        };
    }

    Reply.Whole reply() {
        return new Reply.Whole(status, CONTENT_TYPE, Json.text(this), Map.of());
    }

    private static Problem document(
            @Nullable String detail, String field, String value, String expected, int line, int column) {
        return new Problem(
                NO_TYPE,
                HttpStatus.getMessage(400),
                400,
                String.valueOf(detail),
                field,
                value,
                expected,
                line,
                column,
                null);
    }

    private static Problem unknown(UnknownNameException e) {
        String detail = String.valueOf(e.getMessage());
        return new Problem(
                NO_TYPE,
                HttpStatus.getMessage(404),
                404,
                detail,
                e.kind(),
                e.name(),
                expected(detail),
                null,
                null,
                null);
    }

    private static String expected(String message) {
        int at = message.lastIndexOf("(expected: ");
        return at < 0 ? "a name that exists" : message.substring(at + "(expected: ".length(), message.length() - 1);
    }

    private static Reply.Whole stale(StaleRevisionException e) {
        String etag = PolicyRoutes.etag(e.current());
        Problem problem = new Problem(
                NO_TYPE,
                HttpStatus.getMessage(412),
                412,
                String.valueOf(e.getMessage()),
                "If-Match",
                null,
                etag,
                null,
                null,
                PolicyFormat.yaml(e.current().policy()));
        return problem.reply().with("ETag", etag);
    }
}
