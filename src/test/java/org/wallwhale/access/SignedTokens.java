package org.wallwhale.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.RSAPrivateCrtKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.text.ParseException;
import java.util.List;
import org.wallwhale.Api;
import org.wallwhale.ServerUnderTest;

/** Tokens signed with the key of the server under test, and otherwise as a test wants them. */
final class SignedTokens {
    private SignedTokens() {
    }

    /** What the token of a new login claims, with no more than this group. */
    static JWTClaimsSet.Builder claims(String email, String password, String group) throws ParseException {
        return new JWTClaimsSet.Builder(claimsOf(Api.token(email, password))).claim("groups", List.of(group));
    }

    static JWTClaimsSet claimsOf(String token) throws ParseException {
        return SignedJWT.parse(token).getJWTClaimsSet();
    }

    static JWSHeader.Builder header() {
        return new JWSHeader.Builder(JWSAlgorithm.RS256).type(JOSEObjectType.JWT);
    }

    static String signed(JWTClaimsSet claims) throws Exception {
        return signed(header(), claims, new RSASSASigner(key()));
    }

    static String signed(JWSHeader.Builder header, JWTClaimsSet claims) throws Exception {
        return signed(header, claims, new RSASSASigner(key()));
    }

    static String signed(JWSHeader.Builder header, JWTClaimsSet claims, JWSSigner signer) throws JOSEException {
        SignedJWT token = new SignedJWT(header.build(), claims);
        token.sign(signer);
        return token.serialize();
    }

    static RSAPrivateCrtKey key() throws IOException, GeneralSecurityException {
        byte[] pkcs8 = Files.readAllBytes(ServerUnderTest.data().resolve("secrets").resolve("token-key"));
        return (RSAPrivateCrtKey) KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
    }
}
