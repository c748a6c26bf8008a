//! From the headers of a request to the operation it asks for.

use crate::codes::{ApiError, shown};

/// A published version of the API.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Version {
    /// 2018-12-01.
    V2018,
    /// 2022-09-27. Also the one whose codes tell what is wrong with a request of no known version.
    #[default]
    V2022,
}

impl Version {
    /// All of them.
    pub const ALL: [Version; 2] = [Version::V2018, Version::V2022];

    /// As it stands in `X-TC-Version`.
    pub const fn name(self) -> &'static str {
        match self {
            Version::V2018 => "2018-12-01",
            Version::V2022 => "2022-09-27",
        }
    }

    /// The version of that name.
    pub fn from_name(name: &[u8]) -> Option<Version> {
        Version::ALL
            .into_iter()
            .find(|version| version.name().as_bytes() == name)
    }
}

/// An action of one version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Operation {
    /// `FaceFusion` of 2018-12-01: one face onto the material's largest.
    FaceFusion2018,
    /// `FuseFace` of 2018-12-01: faces of choice.
    FuseFace2018,
    /// `DescribeMaterialList` of 2018-12-01.
    DescribeMaterialList2018,
    /// `FuseFace` of 2022-09-27.
    FuseFace2022,
    /// `FuseFaceUltra` of 2022-09-27: the template comes with the request.
    FuseFaceUltra2022,
    /// `DescribeMaterialList` of 2022-09-27.
    DescribeMaterialList2022,
}

impl Operation {
    /// All of them.
    pub const ALL: [Operation; 6] = [
        Operation::FaceFusion2018,
        Operation::FuseFace2018,
        Operation::DescribeMaterialList2018,
        Operation::FuseFace2022,
        Operation::FuseFaceUltra2022,
        Operation::DescribeMaterialList2022,
    ];

    /// The version it belongs to.
    pub const fn version(self) -> Version {
        match self {
            Operation::FaceFusion2018
            | Operation::FuseFace2018
            | Operation::DescribeMaterialList2018 => Version::V2018,
            Operation::FuseFace2022
            | Operation::FuseFaceUltra2022
            | Operation::DescribeMaterialList2022 => Version::V2022,
        }
    }

    /// As it stands in `X-TC-Action`.
    pub const fn action(self) -> &'static str {
        match self {
            Operation::FaceFusion2018 => "FaceFusion",
            Operation::FuseFace2018 | Operation::FuseFace2022 => "FuseFace",
            Operation::FuseFaceUltra2022 => "FuseFaceUltra",
            Operation::DescribeMaterialList2018 | Operation::DescribeMaterialList2022 => {
                "DescribeMaterialList"
            }
        }
    }

    /// The operation that two headers ask for; the version is looked at first.
    ///
    /// # Errors
    /// `NoSuchVersion`, then `InvalidAction`.
    pub fn find(version: &[u8], action: &[u8]) -> Result<Operation, ApiError> {
        let version = Version::from_name(version).ok_or_else(|| ApiError::VersionUnknown {
            version: shown(&String::from_utf8_lossy(version)),
        })?;
        Operation::ALL
            .into_iter()
            .filter(|operation| operation.version() == version)
            .find(|operation| operation.action().as_bytes() == action)
            .ok_or_else(|| ApiError::ActionUnknown {
                action: shown(&String::from_utf8_lossy(action)),
                version: version.name(),
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_found_by_their_names() {
        for operation in Operation::ALL {
            let version = operation.version().name().as_bytes();
            let found = Operation::find(version, operation.action().as_bytes());
            assert_eq!(found, Ok(operation));
        }
    }

    #[test]
    fn what_there_is_not() {
        for (version, action, code) in [
            ("2020-01-01", "FuseFace", "NoSuchVersion"),
            ("2020-01-01", "Nonsense", "NoSuchVersion"),
            ("", "FuseFace", "NoSuchVersion"),
            ("2018-12-01", "FuseFaceUltra", "InvalidAction"),
            ("2022-09-27", "FaceFusion", "InvalidAction"),
            ("2022-09-27", "fuseFace", "InvalidAction"),
            ("2022-09-27", "SubmitVideoFaceFusionJob", "InvalidAction"),
        ] {
            let error = Operation::find(version.as_bytes(), action.as_bytes()).unwrap_err();
            assert_eq!(error.code(Version::V2022), code, "{version} {action}");
        }
        assert!(Operation::find(&[0xff], &[0xff]).is_err());
    }
}
