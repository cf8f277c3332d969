//! The operations of the management API, as methods of the one trait that has all of the contract's.

/// Writes them where that trait is implemented. An implementation is in one piece; these are no more than the way from
/// its arguments to what serves them.
macro_rules! operations {
    () => {
        async fn get_tenant(
            &self,
            caller: Caller,
            tenant_id: String,
        ) -> Result<api::GetTenantResponse, Error> {
            let tenant = self.read_tenant(caller, &tenant_id).await?;
            Ok(api::GetTenantResponse::Ok(tenant))
        }

        async fn list_realms(
            &self,
            caller: Caller,
            tenant_id: String,
            page_size: Option<u32>,
            page_token: Option<String>,
        ) -> Result<api::ListRealmsReply, Error> {
            let asked = management::Asked {
                page_size,
                page_token,
            };
            let page = self.realms(caller, &tenant_id, asked).await?;
            Ok(api::ListRealmsReply::Ok(page))
        }

        async fn get_realm(
            &self,
            caller: Caller,
            tenant_id: String,
            realm_id: String,
        ) -> Result<api::GetRealmResponse, Error> {
            let realm = self.read_realm(caller, &tenant_id, &realm_id).await?;
            Ok(api::GetRealmResponse::Ok(realm))
        }

        async fn create_application(
            &self,
            caller: Caller,
            tenant_id: String,
            realm_id: String,
            request: api::models::CreateApplicationRequest,
        ) -> Result<api::CreateApplicationResponse, Error> {
            let (realm, _) = self.realm_for(caller, &tenant_id, &realm_id).await?;
            let made = self.create_application_in(&realm, request).await?;
            Ok(api::CreateApplicationResponse::Ok(made))
        }

        async fn list_applications(
            &self,
            caller: Caller,
            tenant_id: String,
            realm_id: String,
            page_size: Option<u32>,
            page_token: Option<String>,
        ) -> Result<api::ListApplicationsReply, Error> {
            let (realm, _) = self.realm_for(caller, &tenant_id, &realm_id).await?;
            let asked = management::Asked {
                page_size,
                page_token,
            };
            let page = self.applications_in(&realm, asked).await?;
            Ok(api::ListApplicationsReply::Ok(page))
        }

        async fn get_application(
            &self,
            caller: Caller,
            tenant_id: String,
            realm_id: String,
            application_id: String,
        ) -> Result<api::GetApplicationResponse, Error> {
            let (realm, _) = self.realm_for(caller, &tenant_id, &realm_id).await?;
            let found = self.read_application(&realm, &application_id).await?;
            Ok(api::GetApplicationResponse::Ok(found))
        }

        async fn update_application(
            &self,
            caller: Caller,
            tenant_id: String,
            realm_id: String,
            application_id: String,
            request: api::models::UpdateApplicationRequest,
        ) -> Result<api::UpdateApplicationResponse, Error> {
            let (realm, _) = self.realm_for(caller, &tenant_id, &realm_id).await?;
            let changed = self
                .change_application(&realm, &application_id, request.application)
                .await?;
            Ok(api::UpdateApplicationResponse::Ok(changed))
        }

        async fn delete_application(
            &self,
            caller: Caller,
            tenant_id: String,
            realm_id: String,
            application_id: String,
        ) -> Result<api::DeleteApplicationResponse, Error> {
            let (realm, _) = self.realm_for(caller, &tenant_id, &realm_id).await?;
            self.end_application(&realm, &application_id).await?;
            Ok(api::DeleteApplicationResponse::Ok)
        }

        async fn list_tokens(
            &self,
            caller: Caller,
            asked: api::ListTokensParameters,
        ) -> Result<api::ListTokensReply, Error> {
            let (realm, _) = self
                .realm_for(caller, &asked.tenant_id, &asked.realm_id)
                .await?;
            let page = self.tokens(&realm, asked).await?;
            Ok(api::ListTokensReply::Ok(page))
        }

        async fn delete_token(
            &self,
            caller: Caller,
            tenant_id: String,
            realm_id: String,
            application_id: String,
            token_id: String,
        ) -> Result<api::DeleteTokenResponse, Error> {
            let (realm, _) = self.realm_for(caller, &tenant_id, &realm_id).await?;
            self.end_token(&realm, &application_id, &token_id).await?;
            Ok(api::DeleteTokenResponse::Ok)
        }

        async fn create_resource_server(
            &self,
            caller: Caller,
            tenant_id: String,
            realm_id: String,
            request: api::models::CreateResourceServerRequest,
        ) -> Result<api::CreateResourceServerResponse, Error> {
            let (realm, _) = self.realm_for(caller, &tenant_id, &realm_id).await?;
            let made = self.create_resource_server_in(&realm, request).await?;
            Ok(api::CreateResourceServerResponse::Ok(made))
        }

        async fn list_resource_servers(
            &self,
            caller: Caller,
            tenant_id: String,
            realm_id: String,
            page_size: Option<u32>,
            page_token: Option<String>,
        ) -> Result<api::ListResourceServersReply, Error> {
            let (realm, _) = self.realm_for(caller, &tenant_id, &realm_id).await?;
            let asked = management::Asked {
                page_size,
                page_token,
            };
            let page = self.resource_servers_in(&realm, asked).await?;
            Ok(api::ListResourceServersReply::Ok(page))
        }

        async fn get_resource_server(
            &self,
            caller: Caller,
            tenant_id: String,
            realm_id: String,
            resource_server_id: String,
        ) -> Result<api::GetResourceServerResponse, Error> {
            let (realm, _) = self.realm_for(caller, &tenant_id, &realm_id).await?;
            let found = self
                .read_resource_server(&realm, &resource_server_id)
                .await?;
            Ok(api::GetResourceServerResponse::Ok(found))
        }

        async fn update_resource_server(
            &self,
            caller: Caller,
            tenant_id: String,
            realm_id: String,
            resource_server_id: String,
            request: api::models::UpdateResourceServerRequest,
        ) -> Result<api::UpdateResourceServerResponse, Error> {
            let (realm, _) = self.realm_for(caller, &tenant_id, &realm_id).await?;
            let changed = self
                .change_resource_server(&realm, &resource_server_id, request.resource_server)
                .await?;
            Ok(api::UpdateResourceServerResponse::Ok(changed))
        }

        async fn delete_resource_server(
            &self,
            caller: Caller,
            tenant_id: String,
            realm_id: String,
            resource_server_id: String,
        ) -> Result<api::DeleteResourceServerResponse, Error> {
            let (realm, _) = self.realm_for(caller, &tenant_id, &realm_id).await?;
            self.end_resource_server(&realm, &resource_server_id)
                .await?;
            Ok(api::DeleteResourceServerResponse::Ok)
        }
    };
}
pub(crate) use operations;
