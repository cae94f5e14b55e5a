package io.signalbox.mesh.client.remote;

import io.signalbox.mesh.client.AuthorityInfo;
import io.signalbox.mesh.client.CertificateInfo;
import io.signalbox.mesh.client.NewToken;
import io.signalbox.mesh.client.RevokedIdentity;
import io.signalbox.mesh.client.TokenInfo;
import io.signalbox.mesh.client.TokenRequest;
import io.signalbox.mesh.client.Trust;
import io.signalbox.mesh.model.ChangeNote;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.core.type.TypeReference;

/** Whom a control plane behind an address lets in. */
final class RemoteTrust implements Trust {

    private static final TypeReference<List<TokenInfo>> TOKENS = new TypeReference<>() {};

    private static final TypeReference<List<CertificateInfo>> CERTIFICATES = new TypeReference<>() {};

    private static final TypeReference<List<RevokedIdentity>> REVOKED = new TypeReference<>() {};

    private final HttpCalls http;

    RemoteTrust(HttpCalls http) {
        this.http = http;
    }

    @Override
    public NewToken createToken(TokenRequest request, ChangeNote note) {
        Map<String, Object> body = new LinkedHashMap<>();
        request.name().ifPresent(name -> body.put("name", name));
        body.put("scope", request.scope().text());
        body.put("lifetime", request.lifetime());
        body.put("uses", request.uses());
        body.put("by", note.by());
        body.put("reason", note.reason());
        return http.post("/api/v1/tokens", body).exactly(NewToken.class);
    }

    @Override
    public List<TokenInfo> tokens() {
        return http.get("/api/v1/tokens").as(TOKENS);
    }

    @Override
    public TokenInfo revokeToken(String name, ChangeNote note) {
        return http.delete("/api/v1/tokens/" + HttpCalls.encoded(name) + RemoteMesh.asked(note))
                .as(TokenInfo.class);
    }

    @Override
    public AuthorityInfo authority() {
        return http.get("/api/v1/authority").exactly(AuthorityInfo.class);
    }

    @Override
    public AuthorityInfo rollAuthority(Duration overlap, ChangeNote note) {
        return http.post("/api/v1/authority/roll", Map.of("overlap", overlap, "by", note.by(), "reason", note.reason()))
                .exactly(AuthorityInfo.class);
    }

    @Override
    public List<RevokedIdentity> revokedIdentities() {
        return http.get("/api/v1/identities/revoked").as(REVOKED);
    }

    @Override
    public RevokedIdentity revokeIdentity(String service, ChangeNote note) {
        return http.put(revoked(service), Map.of("by", note.by(), "reason", note.reason()))
                .as(RevokedIdentity.class);
    }

    @Override
    public RevokedIdentity restoreIdentity(String service, ChangeNote note) {
        return http.delete(revoked(service) + RemoteMesh.asked(note)).as(RevokedIdentity.class);
    }

    private static String revoked(String service) {
        return "/api/v1/identities/revoked/" + HttpCalls.encoded(service);
    }

    @Override
    public List<CertificateInfo> certificates(int limit) {
        return http.get("/api/v1/identities?limit=" + limit).as(CERTIFICATES);
    }
}
