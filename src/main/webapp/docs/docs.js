// A key that is entered here is forgotten with the page.
SwaggerUIBundle({
    url: "openapi",
    dom_id: "#docs",
    deepLinking: true,
    filter: true,
    defaultModelsExpandDepth: 0,
    persistAuthorization: false,
    validatorUrl: null,
});
